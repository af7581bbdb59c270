import type { Place } from '../openapi/index.js';
import type { Approval, JudgedFinding } from './approvals.js';
import { severities, type Finding, type Severity } from './finding.js';
import { countsOf, nextVersion, versionStepFor, type VersionStep } from './verdict.js';

/** The result of a comparison, printed by `--format json`. */
export interface Report {
  readonly old: string;
  readonly new: string;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly approved: number;
  /** The version bump that the changes require for a stable version. */
  readonly versionStep: VersionStep;
  /** The required bump of this package's version. Before 1.0.0 it is one place lower. */
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
 * The report as a pull request comment.
 *
 * @param usesOf - Lists, in Markdown, where the repository uses the code that a finding affects. Adds a column.
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
      finding.affects.map(code).join(' ') || 'none',
      ...(usesOf === undefined ? [] : [usesOf(finding)]),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`;
  });
  const columns = [
    ...['Class', 'Direction', 'Change', 'Old → new', 'Line', 'Rule, fingerprint', 'Generated code affected'],
    ...(usesOf === undefined ? [] : ['Repository code affected']),
  ];
  const table = [`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`, ...rows];
  const approved = report.findings.flatMap(({ approval, fingerprint }) =>
    approval === undefined ? [] : [`- ${code(fingerprint)} is approved: ${approval.reason}`],
  );
  const unused = report.unusedApprovals.map((approval) => `- ${code(approval.place)}: ${unusedText(approval)}`);
  const instructions =
    'To approve a change, add its fingerprint and a reason to `openapi/approvals.yaml`:\n\n' +
    '```yaml\napprovals:\n  - fingerprint: 0123456789ab\n    reason: Why users can live with it.\n```';
  return [
    `## ${verdictText(report)}`,
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(approved.length + unused.length > 0 ? [[...approved, ...unused].join('\n')] : []),
    ...(rows.length > 0 ? [instructions] : []),
  ].join('\n\n');
}

/** The counts and the required version in one sentence. */
function verdictText({ old, new: changed, counts, approved, versionStep, release }: Report): string {
  if (versionStep === 'none') return `No contract changes from ${old} to ${changed}`;
  const number = severities.map((severity) => `${String(counts[severity])} ${severity.replace('-', ' ')}`).join(', ');
  const step = `requires a ${versionStep} version (${release.from} → ${release.to})`;
  return `${number} from ${old} to ${changed}; ${String(approved)} approved; ${step}`;
}

function placeText(place: Place | undefined): string {
  return place === undefined ? 'none' : `${place.file}:${String(place.line)}`;
}

function valueText(value: Finding['old']): string {
  return value === undefined ? '–' : code(typeof value === 'string' ? value : JSON.stringify(value));
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function unusedText({ fingerprint }: Approval): string {
  return `approval ${fingerprint} matches no change; remove it.`;
}
