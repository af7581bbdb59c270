import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { applyApprovals, ApprovalsError, readApprovals, type Approval } from './approvals.js';
import { DescriptionError, isJsonObject } from '../openapi/index.js';
import { severities, type Severity } from './finding.js';
import { compareDescriptions } from './compare-descriptions.js';
import { markdownOf, reportOf, textOf, type Report } from './report.js';
import { describedIn, messageOf, readSource, SourceError, type Source } from './source.js';
import { reaches } from './verdict.js';

const usage = `npm run spec:diff -- OLD NEW   the changes of the contract from OLD to NEW

OLD and NEW are OpenAPI descriptions, 3.0 or 3.1, in JSON or YAML:
  a file or an http(s) URL
  a git revision such as HEAD~1, which means its ${describedIn}
  a file of a git revision: REV:path

  --format text|json|markdown   (default: text)
  --approvals FILE              changes that are accepted, with reasons (default: openapi/approvals.yaml)
  --fail-on CLASS               breaking, potentially-breaking, compatible or never (default: breaking)

Exit codes: 0 no change of that class or a worse one, or all approved; 2 there is one; 1 nothing was compared.`;

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: textOf,
  json: (report) => JSON.stringify(report, null, 2),
  markdown: markdownOf,
};

/** What the command line needs of the world. */
export interface Terminal {
  /** The root of the project. */
  readonly folder: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

class UsageError extends Error {}

/** Runs `npm run spec:diff` and returns its exit code. */
export async function runSpecDiff(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    return await compare(args, terminal);
  } catch (error) {
    const isUsage = error instanceof UsageError || isWrongArgument(error);
    if (!isUsage && ![DescriptionError, ApprovalsError, SourceError].some((type) => error instanceof type)) throw error;
    terminal.complain(isUsage ? `${messageOf(error)}\n\n${usage}` : messageOf(error));
    return 1;
  }
}

/** What parseArgs throws. */
function isWrongArgument(error: unknown): boolean {
  return isJsonObject(error) && String(error['code']).startsWith('ERR_PARSE_ARGS');
}

async function compare(args: string[], { folder, print }: Terminal): Promise<0 | 2> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      approvals: { type: 'string' },
      'fail-on': { type: 'string', default: 'breaking' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(usage);
    return 0;
  }
  const [oldName, newName, ...rest] = positionals;
  if (oldName === undefined || newName === undefined || rest.length > 0) throw new UsageError('Name two descriptions.');
  const format = formats[values.format];
  if (format === undefined) throw new UsageError(`--format ${values.format}: is not text, json or markdown.`);
  const threshold = thresholdNamed(values['fail-on']);
  const approvals = approvalsIn(folder, values.approvals);
  const [old, changed] = [await readSource(oldName, folder), await readSource(newName, folder)];
  const generated = generatedIn(folder);
  const options = generated === undefined ? {} : { generated };
  const findings = compareDescriptions(old.text, old.name, changed.text, changed.name, options);
  const judged = applyApprovals(findings, approvals);
  print(format(reportOf({ old: old.name, new: changed.name }, judged, versionIn(folder))));
  const failing = judged.findings.filter((finding) => finding.approval === undefined && reaches(finding, threshold));
  return failing.length > 0 ? 2 : 0;
}

function thresholdNamed(name: string): Severity | 'never' {
  const threshold = [...severities, 'never' as const].find((known) => known === name);
  if (threshold === undefined) throw new UsageError(`--fail-on ${name}: is not ${severities.join(', ')} or never.`);
  return threshold;
}

/** A project has no file of approvals until it approves something. */
function approvalsIn(folder: string, named: string | undefined): Approval[] {
  const name = named ?? 'openapi/approvals.yaml';
  const file = resolve(folder, name);
  if (!existsSync(file)) {
    if (named === undefined) return [];
    throw new ApprovalsError(`--approvals ${name}: is no file.`);
  }
  return readApprovals(readFileSync(file, 'utf8'), name);
}

function generatedIn(folder: string): Source | undefined {
  const file = join(folder, describedIn);
  return existsSync(file) ? { name: describedIn, text: readFileSync(file, 'utf8') } : undefined;
}

function versionIn(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const version = isJsonObject(manifest) ? manifest['version'] : undefined;
  return typeof version === 'string' ? version : '0.0.0';
}
