import type { Finding } from '../spec-diff/index.js';

/** An entry of the changelog: its version and the day of its release. */
export interface Release {
  readonly version: string;
  /** Such as `2026-11-25`. */
  readonly date: string;
  /** The version of an entry that this one replaces, since it was not released yet. */
  readonly replaces?: string;
}

const groups = ['Added', 'Changed', 'Removed'] as const;

/**
 * Adds findings to the entry of a version, which is made when there is none. What the entry says already stays as it
 * is, since it is kept by hand: a finding is known there by its fingerprint, in a comment behind its sentence.
 */
export function withFindings(
  changelog: string,
  { version, date, replaces }: Release,
  findings: readonly Finding[],
): string {
  const renamed =
    replaces === undefined ? changelog : changelog.replace(`\n## [${replaces}]`, () => `\n## [${version}]`);
  const text = renamed.includes(`\n## [${version}]`) ? renamed : withEntry(renamed, version, date);
  const from = text.indexOf(`\n## [${version}]`);
  const next = text.indexOf('\n## ', from + 1);
  const to = next === -1 ? text.length : next;
  const entry = text.slice(from, to);
  const added = findings.filter(({ fingerprint }) => !entry.includes(fingerprint));
  const edited = groups.reduce((edit, group) => {
    const lines = added.filter((finding) => groupOf(finding) === group).map(lineOf);
    return lines.length === 0 ? edit : withLines(edit, group, lines);
  }, entry);
  return text.slice(0, from) + edited + text.slice(to);
}

/** The newest entry stands first. */
function withEntry(changelog: string, version: string, date: string): string {
  const first = changelog.indexOf('\n## ');
  const at = first === -1 ? changelog.length : first;
  return `${changelog.slice(0, at)}\n## [${version}] - ${date}\n${changelog.slice(at)}`;
}

function withLines(entry: string, group: string, lines: readonly string[]): string {
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
  const said = message.startsWith(`${pointer}: `) ? message.slice(pointer.length + 2) : message;
  return `- ${mark}${direction} \`${pointer}\`: \`${said.replaceAll('`', "'")}\` <!-- ${fingerprint} -->`;
}
