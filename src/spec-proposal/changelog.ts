import type { Finding } from '../spec-diff/index.js';

/** An entry in the changelog. */
export interface Release {
  readonly version: string;
  /** The release date, such as `2026-11-25`. */
  readonly date: string;
  /** The version of the unreleased entry that this one replaces. */
  readonly replaces?: string;
}

const groups = ['Added', 'Changed', 'Removed'] as const;

/**
 * Adds findings to the entry of a version, and creates the entry if necessary. Existing lines are edited by hand and
 * stay unchanged: a comment with the fingerprint identifies the finding of each line.
 */
export function addFindings(
  changelog: string,
  { version, date, replaces }: Release,
  findings: readonly Finding[],
): string {
  const renamed =
    replaces === undefined ? changelog : changelog.replace(`\n## [${replaces}]`, () => `\n## [${version}]`);
  const text = renamed.includes(`\n## [${version}]`) ? renamed : addEntry(renamed, version, date);
  const from = text.indexOf(`\n## [${version}]`);
  const next = text.indexOf('\n## ', from + 1);
  const to = next === -1 ? text.length : next;
  const entry = text.slice(from, to);
  const added = findings.filter(({ fingerprint }) => !entry.includes(fingerprint));
  const edited = groups.reduce((edit, group) => {
    const lines = added.filter((finding) => groupOf(finding) === group).map(lineOf);
    return lines.length === 0 ? edit : addLines(edit, group, lines);
  }, entry);
  return text.slice(0, from) + edited + text.slice(to);
}

/** Adds an entry before the others, because the newest comes first. */
function addEntry(changelog: string, version: string, date: string): string {
  const first = changelog.indexOf('\n## ');
  const at = first === -1 ? changelog.length : first;
  return `${changelog.slice(0, at)}\n## [${version}] - ${date}\n${changelog.slice(at)}`;
}

function addLines(entry: string, group: string, lines: readonly string[]): string {
  const heading = `\n### ${group}\n`;
  const at = entry.indexOf(heading);
  if (at === -1) return `${entry.trimEnd()}\n${heading}\n${lines.join('\n')}\n`;
  const next = entry.indexOf('\n### ', at + 1);
  const end = next === -1 ? entry.length : next;
  return `${entry.slice(0, end).trimEnd()}\n${lines.join('\n')}\n${entry.slice(end)}`;
}

function groupOf({ ruleId }: Finding): (typeof groups)[number] {
  if (ruleId.endsWith('-removed')) return 'Removed';
  return ruleId.endsWith('-added') ? 'Added' : 'Changed';
}

function lineOf({ severity, direction, pointer, message, fingerprint }: Finding): string {
  const mark =
    severity === 'compatible' ? '' : `**${severity === 'breaking' ? 'Breaking' : 'Potentially breaking'}:** `;
  const text = message.startsWith(`${pointer}: `) ? message.slice(pointer.length + 2) : message;
  return `- ${mark}${direction} \`${pointer}\`: \`${text.replaceAll('`', "'")}\` <!-- ${fingerprint} -->`;
}
