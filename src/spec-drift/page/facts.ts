import type { Notation } from '../notation.js';
import type { SampleNode } from './sample-node.js';
import type { Part } from './words.js';

/** Something that the page says, and the line where it says it. */
export interface Stated<T> {
  readonly value: T;
  readonly line: number;
}

/** A member or a parameter in one of the page's lists. */
export interface Entry {
  readonly name: string;
  readonly line: number;
  /** Absent when the page gives none that can be read. */
  readonly type?: Notation;
  /** `unknown` when something stands where the mark would be, in a word that is not known. */
  readonly required: boolean | 'unknown';
  /** The values of an enum; `end` says whether the list of values is known to be whole. */
  readonly values?: { readonly names: readonly string[]; readonly line: number; readonly end: boolean };
}

/** A list of the page. */
export interface EntryList {
  readonly entries: readonly Entry[];
  readonly line: number;
  /** Whether something follows, so that the list is whole. */
  readonly end: boolean;
  /** What the list is called in provenance.yaml, when it is of a description, which names every member. */
  readonly described?: string;
}

/** A JSON sample. */
export interface Sample {
  readonly root: SampleNode;
  /** In the text of the page. */
  readonly offset: number;
  /** False when the text stops in it, or when it is no JSON. */
  readonly whole: boolean;
  /** Whether a command sends it. */
  readonly sent: boolean;
}

/** A part of the page that could not be read, and why. */
export interface Unread {
  readonly part: string;
  readonly why: string;
  readonly line?: number;
}

/** What a page documents. What is absent could not be read, or is not there. */
export interface PageFacts {
  readonly methods: readonly Stated<string>[];
  readonly paths: readonly Stated<string>[];
  readonly server?: Stated<string>;
  /** Of the request. */
  readonly mediaTypes: readonly Stated<string>[];
  readonly scheme?: Stated<string>;
  readonly status?: Stated<string>;
  readonly products?: ReadonlyMap<string, Stated<string>>;
  readonly modified?: Stated<string>;
  readonly lists: Readonly<Partial<Record<Part, EntryList>>>;
  readonly samples: readonly Sample[];
  readonly unread: readonly Unread[];
}
