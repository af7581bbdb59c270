import type { Capture, CapturedMember, CapturedObject } from './capture.js';
import type { EntryList, PageFacts, Sample, Unread } from './page/facts.js';
import type { SharedSamples } from './share-samples.js';

/** What a page does not say. */
export interface NotRead {
  /** Parts that a whole page has, and this one lacks or hides. */
  readonly parts: readonly Unread[];
  /** What no page of this kind says. */
  readonly never: readonly string[];
}

/** Names everything of the capture that the page neither confirms nor denies. */
export function notRead(page: PageFacts, capture: Capture, samples: SharedSamples, silent: readonly string[]): NotRead {
  const { lists } = page;
  const entries = Object.values(lists).flatMap((list) => list.entries);
  const parts: Unread[] = [
    ...page.unread.filter(({ part }) => part !== 'request sample' || samples.request.length === 0),
    ...(samples.reply.length === 0 ? [{ part: 'reply sample', why: 'the page has none' }] : []),
    ...cutSamples('request sample', samples.request),
    ...cutSamples('reply sample', samples.reply),
    ...(['path', 'body', 'reply'] as const).flatMap((part) => cutList(part, lists[part])),
    ...(entries.length > 0 && !entries.some(({ required }) => required === true)
      ? [{ part: 'required marks', why: 'no entry of the lists has one' }]
      : []),
    ...entries
      .filter(({ required, type }) => required === 'unknown' && type !== undefined)
      .map(({ name, line }) => ({ part: `required mark of ${name}`, why: 'a word that is not known', line })),
    ...(silent.length === 0 ? [] : [{ part: silent.join(', '), why: 'the page does not show it, or stops before' }]),
    ...samples.other.map(({ root }) => ({ part: 'a sample', why: 'of an error, or of another body', line: root.line })),
  ];
  return { parts, never: neverStated(page, capture) };
}

function cutSamples(part: string, samples: readonly Sample[]): Unread[] {
  return samples
    .filter(({ whole }) => !whole)
    .map(({ root }) => ({
      part: `the end of the ${part}`,
      why: 'the text stops in it, or it is no JSON',
      line: root.line,
    }));
}

function cutList(part: string, list: EntryList | undefined): Unread[] {
  if (list === undefined || list.end) return [];
  const line = list.entries.at(-1)?.line;
  const last = {
    part: `${part} list after ${list.entries.at(-1)?.name ?? 'its heading'}`,
    why: 'the text may stop there',
  };
  return [line === undefined ? last : { ...last, line }];
}

function neverStated({ lists, status }: PageFacts, capture: Capture): string[] {
  const nested = [...below(capture.body), ...below(capture.reply)];
  const named = new Set(
    [...(lists.body?.entries ?? []), ...(lists.reply?.entries ?? [])].map(({ name }) => name.split('.').at(-1)),
  );
  const unlisted = [...capture.body.members.values(), ...capture.reply.members.values(), ...nested].filter(
    ({ name }) => !named.has(name),
  );
  const enums = nested.filter(({ type, name }) => type.isEnum && !named.has(name)).map(({ name }) => name);
  return [
    ...(status === undefined ? ['the status of success'] : []),
    ...(unlisted.length === 0
      ? []
      : [
          `required marks and formats of members that only a sample shows: ${unique(unlisted.map(({ name }) => name))}`,
        ]),
    ...(enums.length === 0 ? [] : [`all values but one of ${unique(enums)}`]),
    'limits of lengths and counts',
  ];
}

/** Members below the top level. */
function below(object: CapturedObject): CapturedMember[] {
  return [...object.members.values()].flatMap(({ object: inner }) =>
    inner === undefined ? [] : [...inner.members.values(), ...below(inner)],
  );
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}
