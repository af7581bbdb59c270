import type { Place } from '../openapi/index.js';
import { type Finding, type JudgedFinding, markdownOf, type Report } from '../spec-diff/index.js';
import { meaningOf } from '../spec-drift/compare/rules.js';
import { knownDriftFile } from './read-drift.js';
import { withinLimit } from './within-limit.js';

/** The content of a pull request, with the edits that remain to be made by hand. */
export interface Proposal {
  /** The changes of the generated contract. */
  readonly report: Report;
  readonly version: string;
  readonly toEdit: readonly Finding[];
  readonly known: readonly JudgedFinding[];
  readonly notRead: readonly string[];
  /** The page and the description, as given on the command line. */
  readonly sources: readonly string[];
  /** The reason why `generated/` could not be written. */
  readonly failure?: string;
}

/** The text of the pull request in Markdown. The first line is the title. */
export function proposalText(proposal: Proposal): string {
  const { report, toEdit, known, notRead, sources, failure } = proposal;
  return withinLimit(
    [
      `# ${titleOf(proposal)}`,
      `Compared with ${sources.map((source) => `<${source}>`).join(' and ')}.`,
      ...(failure === undefined
        ? []
        : [`**\`npm run generate\` failed after the edit:**\n\n\`\`\`\n${failure}\n\`\`\``]),
      ...(toEdit.length === 0 ? [] : [editsOf(toEdit)]),
      ...(report.findings.length === 0 ? [] : [markdownOf(report)]),
      ...section(
        'Known, accepted differences',
        known.map(({ message, approval }) => `${message}. ${approval?.reason ?? ''} (${code(approval?.place ?? '')})`),
      ),
      ...section('Not stated or not read there, so neither confirmed nor contradicted', notRead),
      ...(report.findings.length + toEdit.length === 0 ? [] : [nextSteps]),
    ].join('\n\n'),
  );
}

function titleOf({ report, toEdit, version }: Proposal): string {
  const { length } = [...report.findings, ...toEdit];
  if (length === 0) return 'The contract has not changed';
  const changes = length === 1 ? '1 change' : `${String(length)} changes`;
  return `HubSpot's contract has changed: ${changes}, version ${version}`;
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
    'These differences could not be edited automatically, or the page contradicts the description and takes precedence. ' +
      'Edit each one at its line of the spec, record its origin in `openapi/provenance.yaml`, then run ' +
      `\`npm run generate\`. To accept a difference instead, add its fingerprint and a reason to \`${knownDriftFile}\`.`,
    [
      '| Class | Direction | Difference | Meaning | Line to edit | Published | Rule, fingerprint |',
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

const nextSteps = `### Next steps

1. Run \`npm run typecheck\` to find the code that the changes affect, and adapt it on this branch.
2. Reword the entry in \`CHANGELOG.md\` for users. Later runs only add new lines.
3. Close and reopen this pull request to start its checks, because GitHub does not start them for pull requests that a workflow opens.`;
