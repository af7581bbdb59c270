import type { Notation } from './notation.js';
import type { SampleNode } from './sample-node.js';
import type { Part } from './words.js';

/** A fact that the page states, with its line. */
export interface Stated<T> {
  readonly value: T;
  readonly line: number;
}

/** A member or a parameter in a list on the page. */
export interface Entry {
  readonly name: string;
  readonly line: number;
  /** Absent if it could not be read. */
  readonly type?: Notation;
  /** `unknown` if there is an unknown word in place of the mark. */
  readonly required: boolean | 'unknown';
  /** The values of an enum. `isComplete` is false if more values may follow. */
  readonly values?: { readonly names: readonly string[]; readonly line: number; readonly isComplete: boolean };
}

/** A list on the page. */
export interface EntryList {
  readonly entries: readonly Entry[];
  readonly line: number;
  /** Whether other content follows, so that the list is complete. */
  readonly isComplete: boolean;
  /** For a list from a description, which names every member: its name in provenance.yaml. */
  readonly sourceName?: string;
}

/** A JSON sample. */
export interface Sample {
  readonly root: SampleNode;
  /** The offset in the text of the page. */
  readonly offset: number;
  /** False if the text is cut off or is not JSON. */
  readonly isComplete: boolean;
  /** Whether it is the body of a sample command. */
  readonly sent: boolean;
}

/** A part of the page that could not be read, with the reason. */
export interface Unread {
  readonly part: string;
  readonly why: string;
  readonly line?: number;
}

/** The facts on a page. Absent facts are missing from the page or could not be read. */
export interface PageFacts {
  readonly methods: readonly Stated<string>[];
  readonly paths: readonly Stated<string>[];
  readonly server?: Stated<string>;
  /** Media types of the request. */
  readonly mediaTypes: readonly Stated<string>[];
  readonly scheme?: Stated<string>;
  readonly status?: Stated<string>;
  readonly products?: ReadonlyMap<string, Stated<string>>;
  readonly modified?: Stated<string>;
  readonly lists: Readonly<Partial<Record<Part, EntryList>>>;
  readonly samples: readonly Sample[];
  readonly unread: readonly Unread[];
}
