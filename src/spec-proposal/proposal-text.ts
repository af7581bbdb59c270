import type { Place } from '../openapi/index.js';
import { type Finding, type JudgedFinding, markdownOf, type Report } from '../spec-diff/index.js';
import { meaningOf } from '../spec-drift/rules.js';
import { knownDriftFile } from './read-drift.js';
import { withinLimit } from './within-limit.js';

/** What a pull request proposes, and what it leaves to be done. */
export interface Proposal {
  /** How the generated contract changes. */
  readonly report: Report;
  readonly version: string;
  readonly toEdit: readonly Finding[];
  readonly known: readonly JudgedFinding[];
  readonly notRead: readonly string[];
  /** The page and the description, as they were named. */
  readonly sources: readonly string[];
  /** Why `generated/` could not be written. */
  readonly failure?: string;
}

/** The text of the pull request in Markdown; its first line is the title. */
export function proposalText(proposal: Proposal): string {
  const { report, toEdit, known, notRead, sources, failure } = proposal;
  return withinLimit(
    [
      `# ${titleOf(proposal)}`,
      `Compared with ${sources.map((source) => `<${source}>`).join(' and ')}.`,
      ...(failure === undefined
        ? []
        : [`**\`npm run generate\` fails after the edit:**\n\n\`\`\`\n${failure}\n\`\`\``]),
      ...(toEdit.length === 0 ? [] : [editsOf(toEdit)]),
      ...(report.findings.length === 0 ? [] : [markdownOf(report)]),
      ...section(
        'Known differences, which are meant to be',
        known.map(({ message, approval }) => `${message}. ${approval?.reason ?? ''} (${code(approval?.place ?? '')})`),
      ),
      ...section('Not stated or not read there, so neither confirmed nor denied', notRead),
      ...(report.findings.length + toEdit.length === 0 ? [] : [next]),
    ].join('\n\n'),
  );
}

function titleOf({ report, toEdit, version }: Proposal): string {
  const { length } = [...report.findings, ...toEdit];
  if (length === 0) return 'The contract has not moved';
  const changes = length === 1 ? '1 change' : `${String(length)} changes`;
  return `HubSpot's contract has moved: ${changes}, version ${version}`;
}

function editsOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ severity, direction, message, ruleId, fingerprint, oldPlace, newPlace }) => {
    const cells = [
      severity,
      direction,
      message,
      meaningOf(ruleId, direction),
      place(oldPlace),
      place(newPlace),
      `${code(ruleId)} ${code(fingerprint)}`,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`;
  });
  return [
    `## Edits to make by hand: ${String(findings.length)}`,
    'These differences are not edited yet: not every one can be, and where page and description contradict each other, ' +
      'the page has the last word. Make each edit in the line of the spec, with its origin in `openapi/provenance.yaml`, then run ' +
      `\`npm run generate\`; or give the fingerprint and a reason in \`${knownDriftFile}\`.`,
    [
      '| Class | Direction | Difference | It means | Edit | Published | Rule, fingerprint |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.map((line) => `- ${line}`).join('\n')}`];
}

function place(at: Place | undefined): string {
  return at === undefined ? '–' : code(`${at.file}:${String(at.line)}`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

const next = `### What to do next

1. \`npm run typecheck\` names the code that uses what has changed; adapt it here, on this branch.
2. Read the entry in \`CHANGELOG.md\` and put it into words for users. Later runs only add what is new.
3. Close this pull request and open it again to start its checks: GitHub starts none for what a workflow opens.`;
