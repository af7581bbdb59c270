import { parseArgs } from 'node:util';
import { applyApprovals, type JudgedFinding, markdownOf, reportOf, type Report, textOf } from '../spec-diff/index.js';
import { affectedCode } from './affected-code.js';
import { approvalsIn } from './approvals-in.js';
import { contractChange } from './contract-change.js';
import { runCommand, type Terminal, UsageError } from './run-command.js';
import { declaredVersion } from './version.js';
import { withinLimit } from './within-limit.js';

const usage = `npm run spec:check -- BASE   checks that a pull request declares its contract changes

Compares every generated/openapi*.json with that of BASE, a git revision. Fails if the version in package.json does
not match the changes, if CHANGELOG.md has no entry for it, or if a breaking change is not approved in
openapi/approvals.yaml.

  --format text|json|markdown   (default: text; markdown is the comment of the pull request)

Exit codes: 0 passed; 2 failed; 1 nothing was compared.`;

/** Identifies the comment that the workflow updates. */
const marker = '<!-- spec-check -->';

interface Check extends Report {
  /** The reasons why the check fails, one sentence each. */
  readonly problems: readonly string[];
}

/** Runs `npm run spec:check` and returns its exit code. */
export function runSpecCheck(args: string[], terminal: Terminal): Promise<number> {
  return runCommand(usage, terminal, () => check(args, terminal));
}

async function check(args: string[], { folder, print }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    print(usage);
    return 0;
  }
  const [base, ...rest] = positionals;
  if (base === undefined || rest.length > 0) throw new UsageError('Specify the revision to compare with.');
  if (!['text', 'json', 'markdown'].includes(values.format)) {
    throw new UsageError(`--format ${values.format}: must be text, json or markdown.`);
  }
  const findings = await contractChange(base, folder);
  const version = await declaredVersion(base, folder, findings);
  const judged = applyApprovals(findings, approvalsIn(folder, 'openapi/approvals.yaml'));
  const result: Check = {
    ...reportOf({ old: base, new: 'this change' }, judged, version.base),
    problems: [...version.problems, ...unapproved(judged.findings)],
  };
  if (values.format === 'json') print(JSON.stringify(result, null, 2));
  else if (values.format === 'text') print([verdictOf(result), textOf(result)].join('\n\n'));
  else print(commentOf(result, affectedCode(base, folder, findings)));
  return result.problems.length === 0 ? 0 : 2;
}

/** The pull request comment: the verdict, the counts, one row per change, and how to approve a change. */
function commentOf(result: Check, usesOf: (finding: JudgedFinding) => string): string {
  return withinLimit([marker, verdictOf(result), markdownOf(result, usesOf)].join('\n\n'));
}

function verdictOf({ problems, findings, release }: Check): string {
  if (problems.length > 0) return ['Failed:', '', ...problems.map((problem) => `- ${problem}`)].join('\n');
  return findings.length === 0
    ? 'Passed: the contract has not changed.'
    : `Passed: the changes require ${release.to} or later, up from ${release.from}.`;
}

function unapproved(findings: readonly JudgedFinding[]): string[] {
  const unresolved = findings.filter(({ severity, approval }) => severity === 'breaking' && approval === undefined);
  if (unresolved.length === 0) return [];
  const names = unresolved.map(({ fingerprint }) => fingerprint).join(', ');
  const changes =
    unresolved.length === 1 ? '1 breaking change is' : `${String(unresolved.length)} breaking changes are`;
  return [`${changes} not approved in openapi/approvals.yaml: ${names}.`];
}
