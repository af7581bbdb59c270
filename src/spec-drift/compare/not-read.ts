import type { Capture, CapturedMember, CapturedObject } from './capture.js';
import type { EntryList, PageFacts, Sample, Unread } from '../page/facts.js';
import type { AssignedSamples } from './assign-samples.js';

/** What a page does not state. */
export interface NotRead {
  /** Parts of a complete page that this one lacks or that could not be read. */
  readonly parts: readonly Unread[];
  /** Facts that no such page states. */
  readonly never: readonly string[];
}

/** Lists everything in the capture that the page neither confirms nor contradicts. */
export function notRead(
  page: PageFacts,
  capture: Capture,
  samples: AssignedSamples,
  unstated: readonly string[],
): NotRead {
  const { lists } = page;
  const entries = Object.values(lists).flatMap((list) => list.entries);
  const parts: Unread[] = [
    ...page.unread.filter(({ part }) => part !== 'request sample' || samples.request.length === 0),
    ...(samples.reply.length === 0 ? [{ part: 'reply sample', why: 'the page has none' }] : []),
    ...truncatedSamples('request sample', samples.request),
    ...truncatedSamples('reply sample', samples.reply),
    ...(['path', 'body', 'reply'] as const).flatMap((part) => truncatedList(part, lists[part])),
    ...(entries.length > 0 && !entries.some(({ required }) => required === true)
      ? [{ part: 'required marks', why: 'no list entry has one' }]
      : []),
    ...entries
      .filter(({ required, type }) => required === 'unknown' && type !== undefined)
      .map(({ name, line }) => ({ part: `required mark of ${name}`, why: 'unknown word', line })),
    ...(unstated.length === 0 ? [] : [{ part: unstated.join(', '), why: 'not shown, or after the end of the text' }]),
    ...samples.other.map(({ root }) => ({ part: 'a sample', why: 'for an error or another body', line: root.line })),
  ];
  return { parts, never: neverStated(page, capture) };
}

function truncatedSamples(part: string, samples: readonly Sample[]): Unread[] {
  return samples
    .filter(({ isComplete }) => !isComplete)
    .map(({ root }) => ({
      part: `the isComplete of the ${part}`,
      why: 'the text is cut off, or is not JSON',
      line: root.line,
    }));
}

function truncatedList(part: string, list: EntryList | undefined): Unread[] {
  if (list === undefined || list.isComplete) return [];
  const line = list.entries.at(-1)?.line;
  const last = {
    part: `${part} list after ${list.entries.at(-1)?.name ?? 'its heading'}`,
    why: 'the text may be cut off there',
  };
  return [line === undefined ? last : { ...last, line }];
}

function neverStated({ lists, status }: PageFacts, capture: Capture): string[] {
  const nested = [...nestedMembers(capture.body), ...nestedMembers(capture.reply)];
  const named = new Set(
    [...(lists.body?.entries ?? []), ...(lists.reply?.entries ?? [])].map(({ name }) => name.split('.').at(-1)),
  );
  const unlisted = [...capture.body.members.values(), ...capture.reply.members.values(), ...nested].filter(
    ({ name }) => !named.has(name),
  );
  const enums = nested.filter(({ type, name }) => type.isEnum && !named.has(name)).map(({ name }) => name);
  return [
    ...(status === undefined ? ['the success status'] : []),
    ...(unlisted.length === 0
      ? []
      : [
          `required marks and formats of members that appear only in a sample: ${unique(unlisted.map(({ name }) => name))}`,
        ]),
    ...(enums.length === 0 ? [] : [`all but one of the values of ${unique(enums)}`]),
    'limits on lengths and counts',
  ];
}

/** Members of nested objects. */
function nestedMembers(object: CapturedObject): CapturedMember[] {
  return [...object.members.values()].flatMap(({ object: inner }) =>
    inner === undefined ? [] : [...inner.members.values(), ...nestedMembers(inner)],
  );
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}
