import type { Difference, Written } from './difference.js';

/** A difference in words. */
export interface Message {
  readonly place: readonly string[];
  readonly text: string;
}

/**
 * The differences in words, each with its file and line. A line that counts in several places, through a
 * YAML alias or because operations share it, yields one message.
 */
export function messagesFor(differences: readonly Difference[], lineOf: (written: Written) => number): Message[] {
  const at = (written: Written): string => `${written.file}:${String(lineOf(written))}`;
  const alike = new Map<string, Difference[]>();
  for (const difference of differences) {
    const key = JSON.stringify([at(difference.at), difference.change]);
    alike.set(key, [...(alike.get(key) ?? []), difference]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ place: first.place, text: textOf(first, group, at) }];
  });
}

function textOf(first: Difference, group: readonly Difference[], at: (written: Written) => string): string {
  const owner = [...new Set(group.map((difference) => difference.owner))].join(' and ');
  const separator = owner === '' ? '' : first.change.startsWith('is ') ? ' ' : ': ';
  const other = first.other === undefined ? '' : `, also at ${at(first.other)}`;
  return `${at(first.at)}: ${owner}${separator}${first.change}${other}.\n${first.remedy}`;
}
