import type { AssociationSpec } from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import type { AssociationInput } from '../client/validate.js';
import { createPartitions, type Partitions } from './partitions.js';

/** What a row has to do with other rows of the file that name the same pair. */
type Repetition =
  /** The first row of the pair: it goes out with the types of all of them. */
  | { readonly kind: 'first'; readonly types: readonly AssociationSpec[] }
  /** A later row, whose outcome is that of the first. */
  | { readonly kind: 'later'; readonly firstLine: number };

/** The rows of a file that name a pair which other rows name too. */
export interface RepeatedPairs {
  /** How many rows come after the first of their pair. */
  readonly laterRows: number;
  /** The last line on which such a row begins. */
  readonly lastLine: number;
  /** What a row is. Nothing for one whose pair stands in the file once. Fastest line by line. */
  at(line: number): Promise<Repetition | undefined>;
}

/** Collects the pairs of a file, of any number, on disk. */
export interface PairCollector {
  add(line: number, input: AssociationInput): Promise<void>;
  /** Call once, after the last row. */
  repeated(): Promise<RepeatedPairs>;
}

/** Rows are looked up in blocks of so many lines. */
const linesInBlock = 65_536;

/** About so much of the file goes into one partition, in bytes. */
const bytesInPartition = 1_000_000;

/** Nothing is repeated, or nobody wants to know. */
export const noRepeatedPairs: RepeatedPairs = { laterRows: 0, lastLine: 0, at: () => Promise.resolve(undefined) };

/**
 * HubSpot replaces the types of a pair that is associated again, so a pair has to go out once, with
 * the types of all its rows. The pairs are spread over files by a hash, each small enough to be
 * compared in memory; what is repeated is written down by line. So the memory does not grow with
 * the file, at the cost of as much disk as the ids and types in it take.
 *
 * @param folder - An empty folder for the files.
 * @param bytes - The size of the file, from which the number of partitions follows.
 */
export function createPairCollector(folder: string, bytes: number): PairCollector {
  const count = Math.min(1_024, Math.max(1, Math.ceil(bytes / bytesInPartition)));
  const pairs = createPartitions(folder, 'pairs');
  return {
    add: (line, { from, to, types }) => {
      const key = JSON.stringify([from.id, to.id]);
      const specs = types.map(({ associationCategory, associationTypeId }) => [associationCategory, associationTypeId]);
      return pairs.add(hash(key) % count, JSON.stringify([key, line, specs]));
    },
    repeated: async () => {
      const blocks = createPartitions(folder, 'blocks');
      let laterRows = 0;
      let lastLine = 0;
      for (let partition = 0; partition < count; partition += 1) {
        const later = await findRepeated(pairs.read(partition), blocks);
        laterRows += later.count;
        lastLine = Math.max(lastLine, later.lastLine);
      }
      return laterRows === 0 ? noRepeatedPairs : { laterRows, lastLine, at: createLookup(blocks) };
    },
  };
}

/** What is known of a pair while its partition is read. */
interface Seen {
  readonly firstLine: number;
  types: AssociationSpec[];
  isRepeated: boolean;
}

/** Writes down the rows of a partition whose pair is repeated, and says which of them come later. */
async function findRepeated(lines: AsyncIterable<string>, blocks: Partitions): Promise<LaterRows> {
  const pairs = new Map<string, Seen>();
  let count = 0;
  let lastLine = 0;
  for await (const text of lines) {
    const { key, line, types } = readRow(text);
    const seen = pairs.get(key);
    if (seen === undefined) {
      pairs.set(key, { firstLine: line, types, isRepeated: false });
      continue;
    }
    seen.types = distinct([...seen.types, ...types]);
    seen.isRepeated = true;
    count += 1;
    lastLine = line;
    await blocks.add(blockOf(line), JSON.stringify([line, seen.firstLine, []]));
  }
  for (const { firstLine, types, isRepeated } of pairs.values()) {
    if (isRepeated) await blocks.add(blockOf(firstLine), JSON.stringify([firstLine, firstLine, types]));
  }
  return { count, lastLine };
}

interface LaterRows {
  readonly count: number;
  readonly lastLine: number;
}

function createLookup(blocks: Partitions): RepeatedPairs['at'] {
  let loaded = -1;
  let rows = new Map<number, Repetition>();
  return async (line) => {
    const block = blockOf(line);
    if (block !== loaded) {
      rows = new Map();
      for await (const text of blocks.read(block)) rows.set(...readRepetition(text));
      loaded = block;
    }
    return rows.get(line);
  };
}

function blockOf(line: number): number {
  return Math.floor(line / linesInBlock);
}

function distinct(types: readonly AssociationSpec[]): AssociationSpec[] {
  return [
    ...new Map(types.map((type) => [`${type.associationCategory} ${String(type.associationTypeId)}`, type])).values(),
  ];
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). It only spreads the pairs; they are compared as they are. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
  }
  return state >>> 0;
}

function readRow(text: string): { key: string; line: number; types: AssociationSpec[] } {
  const [key, line, specs] = readArray(text);
  const types = (Array.isArray(specs) ? specs : []).flatMap((spec: unknown) => {
    const parts: unknown[] = Array.isArray(spec) ? spec : [];
    const [associationCategory, associationTypeId] = parts;
    const type = { associationCategory, associationTypeId };
    return schemas.AssociationSpec(type) ? [type] : [];
  });
  return { key: String(key), line: Number(line), types };
}

function readRepetition(text: string): [number, Repetition] {
  const [line, firstLine, types] = readArray(text);
  if (line !== firstLine) return [Number(line), { kind: 'later', firstLine: Number(firstLine) }];
  const specs: unknown[] = Array.isArray(types) ? types : [];
  return [Number(line), { kind: 'first', types: specs.filter((spec) => schemas.AssociationSpec(spec)) }];
}

function readArray(text: string): unknown[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [];
}
