import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { applyApprovals, reportOf, worstFirst } from '../spec-diff/index.js';
import { approvalsIn } from './approvals-in.js';
import { withFindings } from './changelog.js';
import { contractChange } from './contract-change.js';
import { proposalText } from './proposal-text.js';
import {
  followDescription,
  followPage,
  remainingOfDescription,
  type RemainingDrift,
  requirePage,
} from './read-drift.js';
import { runCommand, type Terminal, UsageError } from './run-command.js';
import { declaredVersion, isBefore } from './version.js';

const usage = `npm run spec:propose -- SOURCE [--page PAGE]   turns what HubSpot has changed into a change of this repository

SOURCE is HubSpot's OpenAPI description and PAGE a documentation page, each a file or an http(s) URL. It edits
openapi/ as they ask for, the page having the last word, runs npm run generate, moves the version and adds the
findings to CHANGELOG.md. It prints the text of a pull request; edits to make by hand are listed there.

  --base REV    what the version and the text compare with (default: HEAD)
  --date DATE   of the entry in CHANGELOG.md (default: today)
  --text FILE   writes the text there instead

Exit codes: 0 proposed, or nothing to propose; 1 nothing was compared.`;

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
  if (rest.length > 0 || (source === undefined && values.page === '')) throw new UsageError('Name one description.');
  const { page, base } = values;

  const drifts: RemainingDrift[] = [];
  if (page !== '') await requirePage(page, folder);
  // Where they contradict each other, the page has the last word: the capture is written from it.
  if (source !== undefined) await followDescription(source, folder);
  if (page !== '') drifts.push(await followPage(page, folder));
  if (source !== undefined) drifts.push(await remainingOfDescription(source, folder));
  const failure = regenerate(folder);
  const changed = await contractChange(base, folder);
  const toEdit = drifts.flatMap((drift) => drift.toEdit);
  const findings = worstFirst([...changed, ...toEdit]);
  const version = await declaredVersion(base, folder, findings);
  const target = isBefore(version.declared, version.asked) ? version.asked : version.declared;
  if (findings.length > 0) {
    if (target !== version.declared) npm(folder, ['version', target, '--no-git-tag-version']);
    const replaces = [version.base, target].includes(version.declared) ? {} : { replaces: version.declared };
    const file = join(folder, 'CHANGELOG.md');
    const release = { version: target, date: values.date, ...replaces };
    writeFileSync(file, withFindings(readFileSync(file, 'utf8'), release, findings));
  }

  const judged = applyApprovals(changed, approvalsIn(folder, 'openapi/approvals.yaml'));
  const text = proposalText({
    report: reportOf({ old: base, new: 'this change' }, judged, version.base),
    version: target,
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

/** Writes `generated/`; an edited spec may be one that it is refused for, which is said in the pull request. */
function regenerate(folder: string): string | undefined {
  try {
    npm(folder, ['run', '-s', 'generate']);
    return undefined;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'stderr' in error) return String(error.stderr).trim();
    throw error;
  }
}

/** npm is a batch file on Windows, which only a shell runs. */
function npm(folder: string, args: readonly string[]): void {
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe', shell: process.platform === 'win32' });
}
