import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { applyApprovals, reportOf, worstFirst } from '../spec-diff/index.js';
import { approvalsIn } from './approvals-in.js';
import { addFindings } from './changelog.js';
import { contractChange } from './contract-change.js';
import { proposalText } from './proposal-text.js';
import { applyDescription, applyPage, remainingOfDescription, type RemainingDrift, requirePage } from './read-drift.js';
import { runCommand, type Terminal, UsageError } from './run-command.js';
import { declaredVersion, isBefore } from './version.js';

const usage = `npm run spec:propose -- SOURCE [--page PAGE]   applies HubSpot's changes to this repository

SOURCE is HubSpot's OpenAPI description and PAGE a documentation page, each a file or an http(s) URL. The command
edits openapi/ to match them (the page takes precedence), runs npm run generate, bumps the version, and adds the
findings to CHANGELOG.md. It prints the text of a pull request, which also lists the edits to make by hand.

  --base REV    revision to compare with (default: HEAD)
  --date DATE   date of the entry in CHANGELOG.md (default: today)
  --text FILE   writes the text to FILE instead

Exit codes: 0 proposed, or no changes; 1 nothing was compared.`;

/** Runs `npm run spec:propose` and returns its exit code. */
export function runSpecPropose(args: string[], terminal: Terminal): Promise<number> {
  return runCommand(usage, terminal, () => propose(args, terminal));
}

async function propose(args: string[], { folder, print }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      page: { type: 'string', default: '' },
      base: { type: 'string', default: 'HEAD' },
      date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      text: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(usage);
    return 0;
  }
  const [source, ...rest] = positionals;
  if (rest.length > 0 || (source === undefined && values.page === ''))
    throw new UsageError('Specify one description, or a page with --page.');
  const { page, base } = values;

  const drifts: RemainingDrift[] = [];
  if (page !== '') await requirePage(page, folder);
  // Apply the page last, because it takes precedence: the capture is written from it.
  if (source !== undefined) await applyDescription(source, folder);
  if (page !== '') drifts.push(await applyPage(page, folder));
  if (source !== undefined) drifts.push(await remainingOfDescription(source, folder));
  const failure = regenerate(folder);
  const changed = await contractChange(base, folder);
  const toEdit = drifts.flatMap((drift) => drift.toEdit);
  const findings = worstFirst([...changed, ...toEdit]);
  const version = await declaredVersion(base, folder, findings);
  const newVersion = isBefore(version.declared, version.required) ? version.required : version.declared;
  if (findings.length > 0) {
    if (newVersion !== version.declared) npm(folder, ['version', newVersion, '--no-git-tag-version']);
    const replaces = [version.base, newVersion].includes(version.declared) ? {} : { replaces: version.declared };
    const file = join(folder, 'CHANGELOG.md');
    const release = { version: newVersion, date: values.date, ...replaces };
    writeFileSync(file, addFindings(readFileSync(file, 'utf8'), release, findings));
  }

  const judged = applyApprovals(changed, approvalsIn(folder, 'openapi/approvals.yaml'));
  const text = proposalText({
    report: reportOf({ old: base, new: 'this change' }, judged, version.base),
    version: newVersion,
    toEdit,
    known: drifts.flatMap((drift) => drift.known),
    notRead: drifts.flatMap((drift) => drift.notRead),
    sources: [source ?? '', page].filter((name) => name !== ''),
    ...(failure === undefined ? {} : { failure }),
  });
  if (values.text === undefined) print(text);
  else writeFileSync(resolve(folder, values.text), `${text}\n`);
  return 0;
}

/** Writes `generated/`. If the generator rejects the edited spec, returns its message for the pull request. */
function regenerate(folder: string): string | undefined {
  try {
    npm(folder, ['run', '-s', 'generate']);
    return undefined;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'stderr' in error) return String(error.stderr).trim();
    throw error;
  }
}

/** On Windows npm is a batch file, which needs a shell. */
function npm(folder: string, args: readonly string[]): void {
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe', shell: process.platform === 'win32' });
}
