import type { Place } from '../openapi/index.js';
import type { Approval, JudgedFinding } from './approvals.js';
import { severities, type Finding, type Severity } from './finding.js';
import { countsOf, nextVersion, versionStepFor, type VersionStep } from './verdict.js';

/** The result of a comparison, as `--format json` prints it. */
export interface Report {
  readonly old: string;
  readonly new: string;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly approved: number;
  /** What the changes ask of a stable version. */
  readonly versionStep: VersionStep;
  /** The same for the version of this package, where versions before 1.0.0 move less. */
  readonly release: { readonly from: string; readonly to: string; readonly step: VersionStep };
  readonly findings: readonly JudgedFinding[];
  readonly unusedApprovals: readonly Approval[];
}

export function reportOf(
  names: { readonly old: string; readonly new: string },
  judged: { readonly findings: readonly JudgedFinding[]; readonly unused: readonly Approval[] },
  version: string,
): Report {
  const { findings, unused } = judged;
  const versionStep = versionStepFor(findings);
  const next = nextVersion(version, versionStep);
  return {
    ...names,
    counts: countsOf(findings),
    approved: findings.filter(({ approval }) => approval !== undefined).length,
    versionStep,
    release: { from: version, to: next.version, step: next.step },
    findings,
    unusedApprovals: unused,
  };
}

/** The report for a terminal. */
export function textOf(report: Report): string {
  const lines = report.findings.map((finding) =>
    [
      `${finding.severity.padEnd(20)} ${finding.direction.padEnd(9)} ${finding.message}`,
      ...detailsOf(finding).map((detail) => `${' '.repeat(31)}${detail}`),
    ].join('\n'),
  );
  const unused = report.unusedApprovals.map((approval) => `${approval.place}: ${unusedText(approval)}`);
  return [verdictText(report), ...lines, ...unused].join('\n\n');
}

function detailsOf(finding: JudgedFinding): string[] {
  const { alsoAt, affects, approval } = finding;
  return [
    ...(alsoAt.length > 0 ? [`also at ${alsoAt.join(', ')}`] : []),
    `old ${placeText(finding.oldPlace)}, new ${placeText(finding.newPlace)}`,
    ...(affects.length > 0 ? [`affects ${affects.join(', ')}`] : []),
    `rule ${finding.ruleId}, fingerprint ${finding.fingerprint}`,
    ...(approval === undefined ? [] : [`approved: ${approval.reason} (${approval.place})`]),
  ];
}

/**
 * The report as a comment of a pull request.
 *
 * @param usesOf - Says in Markdown where the repository uses what a finding is about: one more column.
 */
export function markdownOf(report: Report, usesOf?: (finding: Finding) => string): string {
  const rows = report.findings.map((finding) => {
    const cells = [
      finding.severity + (finding.approval === undefined ? '' : ', approved'),
      finding.direction,
      `${code(finding.pointer)}: ${finding.message.slice(finding.pointer.length + 2)}`,
      `${valueText(finding.old)} → ${valueText(finding.new)}`,
      [finding.oldPlace, finding.newPlace].map((place) => code(placeText(place))).join(' → '),
      `${code(finding.ruleId)} ${code(finding.fingerprint)}`,
      finding.affects.map(code).join(' ') || 'nothing generated',
      ...(usesOf === undefined ? [] : [usesOf(finding)]),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`;
  });
  const columns = [
    ...['Class', 'Direction', 'Change', 'Old → new', 'Line', 'Rule, fingerprint', 'Generated code affected'],
    ...(usesOf === undefined ? [] : ['Code of this repository affected']),
  ];
  const table = [`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`, ...rows];
  const approved = report.findings.flatMap(({ approval, fingerprint }) =>
    approval === undefined ? [] : [`- ${code(fingerprint)} is approved: ${approval.reason}`],
  );
  const unused = report.unusedApprovals.map((approval) => `- ${code(approval.place)}: ${unusedText(approval)}`);
  const how =
    'To approve a change, add its fingerprint and a reason to `openapi/approvals.yaml`:\n\n' +
    '```yaml\napprovals:\n  - fingerprint: 0123456789ab\n    reason: Why users can live with it.\n```';
  return [
    `## ${verdictText(report)}`,
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(approved.length + unused.length > 0 ? [[...approved, ...unused].join('\n')] : []),
    ...(rows.length > 0 ? [how] : []),
  ].join('\n\n');
}

/** Verdict and counts in one sentence. */
function verdictText({ old, new: changed, counts, approved, versionStep, release }: Report): string {
  if (versionStep === 'none') return `No change of the contract from ${old} to ${changed}`;
  const number = severities.map((severity) => `${String(counts[severity])} ${severity.replace('-', ' ')}`).join(', ');
  const step = `asks for a ${versionStep} version (${release.from} → ${release.to})`;
  return `${number} from ${old} to ${changed}; ${String(approved)} approved; ${step}`;
}

function placeText(place: Place | undefined): string {
  return place === undefined ? 'nothing' : `${place.file}:${String(place.line)}`;
}

function valueText(value: Finding['old']): string {
  return value === undefined ? '–' : code(typeof value === 'string' ? value : JSON.stringify(value));
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function unusedText({ fingerprint }: Approval): string {
  return `the approval of ${fingerprint} matches no change; remove it.`;
}
