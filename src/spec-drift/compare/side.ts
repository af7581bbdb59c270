import type { Capture, CapturedMember } from './capture.js';
import type { Difference, DifferenceDetails } from './difference.js';
import type { Entry, EntryList, Sample } from '../page/facts.js';
import type { SampleNode } from '../page/sample-node.js';

/** One side of the operation, with its documentation on the page. */
export interface Side {
  readonly capture: Capture;
  readonly direction: 'request' | 'reply';
  /** `requestBody` or, for example, `responses/201`. */
  readonly pointer: string;
  readonly list: EntryList | undefined;
  readonly samples: readonly Sample[];
  /** Whether the page has required marks. They may be lost when a page is saved. */
  readonly marked: boolean;
  readonly createDifference: (details: DifferenceDetails) => Difference;
}

/** The documentation of one place in the body. */
export interface Excerpt {
  /** The node in each sample that has one. */
  readonly samples: readonly { readonly node: SampleNode; readonly isComplete: boolean }[];
  /** The dotted name in a list; empty for the body itself. */
  readonly prefix: string;
  /** The path in messages, such as `inputs[].from`. */
  readonly path: string;
}

/** The list entries one level below a prefix, or at the top level if the prefix is empty. */
export function entriesBelow({ list }: Pick<Side, 'list'>, prefix: string): readonly Entry[] {
  const start = prefix === '' ? '' : `${prefix}.`;
  return (list?.entries ?? []).filter(({ name }) => name.startsWith(start) && !name.slice(start.length).includes('.'));
}

/** The name of the sample in provenance.yaml. */
export function samplePlace({ direction }: Side): string {
  return `${direction} sample`;
}

/** The name of the list in provenance.yaml. */
export function listPlace({ direction, list }: Side): string {
  if (list?.sourceName !== undefined) return list.sourceName;
  return direction === 'request' ? 'body' : 'reply';
}

/** The place of the object that has a member, in the form that edits use. */
export function ownerOf(side: Side, { path }: Excerpt): string {
  return `${side.pointer} ${path}`;
}

/** Whether the list would have an entry for a member that is still documented. */
export function listHas(side: Side, member: CapturedMember, { prefix }: Excerpt): boolean {
  if (side.list?.isComplete !== true) return false;
  if (prefix === '') return side.list.sourceName !== undefined || member.place === listPlace(side);
  return entriesBelow(side, prefix).length > 0;
}
