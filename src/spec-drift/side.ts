import type { Capture, CapturedMember } from './capture.js';
import type { Difference, Observed } from './difference.js';
import type { Entry, EntryList, Sample } from './page/facts.js';
import type { SampleNode } from './page/sample-node.js';

/** One side of the operation: what the page says of it, and how differences are made. */
export interface Side {
  readonly capture: Capture;
  readonly direction: 'request' | 'reply';
  /** Such as `requestBody` or `responses/201`. */
  readonly pointer: string;
  readonly list: EntryList | undefined;
  readonly samples: readonly Sample[];
  /** False when no entry of the page has a mark: an extraction has lost them. */
  readonly marked: boolean;
  readonly differ: (observed: Observed) => Difference;
}

/** What the page shows at one place of the body. */
export interface Shown {
  /** The object in each sample that has it. */
  readonly samples: readonly { readonly node: SampleNode; readonly whole: boolean }[];
  /** Dotted, as in a list: empty at the top. */
  readonly prefix: string;
  /** As in messages: `inputs[].from`. */
  readonly path: string;
}

/** The entries of a list that stand one level below another; of the top level when there is no prefix. */
export function entriesBelow({ list }: Pick<Side, 'list'>, prefix: string): readonly Entry[] {
  const start = prefix === '' ? '' : `${prefix}.`;
  return (list?.entries ?? []).filter(({ name }) => name.startsWith(start) && !name.slice(start.length).includes('.'));
}

/** The part of the page that a sample is, as provenance.yaml calls it. */
export function samplePlace({ direction }: Side): string {
  return `${direction} sample`;
}

/** The part of the page that a list is, as provenance.yaml calls it. */
export function listPlace({ direction, list }: Side): string {
  if (list?.described !== undefined) return list.described;
  return direction === 'request' ? 'body' : 'reply';
}

/** The object that has a member, as edits name it. */
export function ownerOf(side: Side, { path }: Shown): string {
  return `${side.pointer} ${path}`;
}

/** Whether a list would have a member, were it still documented. */
export function listHas(side: Side, member: CapturedMember, { prefix }: Shown): boolean {
  if (side.list?.end !== true) return false;
  if (prefix === '') return side.list.described !== undefined || member.place === listPlace(side);
  return entriesBelow(side, prefix).length > 0;
}
