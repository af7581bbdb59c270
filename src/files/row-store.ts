import { join } from 'node:path';
import type { AssociationSpec } from '../../generated/schema.js';
import { ConfigurationError } from '../client/errors.js';
import { stringsOf } from '../client/json.js';
import { isAssociationInput, type AssociationInput } from '../client/validate.js';
import type { InputRow } from './row.js';
import { createSharedTypes } from './shared-types.js';
import { throwCannotWrite, createTemporaryFolder } from './temporary-folder.js';
import { createTextPart, type TextPart } from './text-part.js';

/** Holds rows until all rows of their pairs are known: a few in memory, many on disk. */
export interface RowStore {
  /**
   * Adds rows. Wait for it to settle before the next call.
   *
   * @throws ConfigurationError if a temporary file cannot be written.
   */
  add(rows: readonly InputRow[]): Promise<void>;
  /**
   * The rows, in parts that fit in memory. All rows of a pair are in the same part, in the order of adding.
   * A part that does not fit is divided; then each of its rows has the types of all rows of its pair, so
   * that any of them may be sent.
   */
  parts(): AsyncGenerator<readonly InputRow[], void>;
}

/** The approximate number of rows per part. */
const rowsInPart = 5_000;

/** The maximum number of parts, each a file. More files would mean shorter writes. */
const mostParts = 2_048;

/** The maximum size of a part, in characters. A row takes about 150. */
const largestPart = 4_000_000;

/** How much is kept in memory before it is written to disk, in characters. */
const mostWaiting = 4_000_000;

/**
 * @param folder - Created when rows have to be written. The caller removes it.
 * @param expectedRows - Determines the number of parts.
 */
export function createRowStore(folder: string, expectedRows: number): RowStore {
  const count = Math.min(mostParts, Math.max(1, Math.ceil(expectedRows / rowsInPart)));
  const parts = Array.from({ length: count }, (_, index) => createTextPart(join(folder, `rows-${String(index)}`)));
  let waiting = 0;
  return {
    add: async (rows) => {
      for (const { line, cells, input } of rows) {
        // Store a copy as text: a cell may be a slice of a long string, and would keep it in memory.
        const text = JSON.stringify([line, cells, input]);
        parts[hash(keyOf(input)) % count]?.add(text);
        waiting += text.length;
      }
      if (waiting < mostWaiting) return;
      waiting = 0;
      await createTemporaryFolder(folder);
      for (const part of parts) await part.write().catch(throwCannotWrite);
    },
    parts: async function* () {
      const read = createRowReader();
      for (const part of parts) {
        const merged = part.length > largestPart ? await mergeTypes(part, read) : undefined;
        for await (const texts of part.read(largestPart)) yield texts.map((text) => withTypes(read(text), merged));
      }
    },
  };
}

type ReadRow = (text: string) => InputRow;

function createRowReader(): ReadRow {
  const shared = createSharedTypes();
  return (text) => {
    const value: unknown = JSON.parse(text);
    const parts: unknown[] = Array.isArray(value) ? value : [];
    const [line, cells, input] = parts;
    if (typeof line !== 'number' || !isAssociationInput(input)) {
      throw new ConfigurationError(
        'TMPDIR',
        'a temporary file was changed by another process. Run the same command again.',
      );
    }
    input.types = shared.like(input.types);
    return { line, cells: stringsOf(cells), input };
  };
}

/** The types of all rows of a pair, by the key of the pair. */
type MergedTypes = ReadonlyMap<string, ReadonlyMap<string, AssociationSpec>>;

async function mergeTypes(part: TextPart, read: ReadRow): Promise<MergedTypes> {
  const merged = new Map<string, Map<string, AssociationSpec>>();
  for await (const texts of part.read(largestPart)) {
    for (const { input } of texts.map(read)) {
      const key = keyOf(input);
      const types = merged.get(key) ?? new Map<string, AssociationSpec>();
      for (const type of input.types) types.set(JSON.stringify(type), type);
      merged.set(key, types);
    }
  }
  return merged;
}

function withTypes(row: InputRow, merged: MergedTypes | undefined): InputRow {
  const types = merged?.get(keyOf(row.input));
  return types === undefined ? row : { ...row, input: { ...row.input, types: [...types.values()] } };
}

function keyOf({ from, to }: AssociationInput): string {
  return JSON.stringify([from.id, to.id]);
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). It only distributes the pairs evenly. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
  }
  return state >>> 0;
}
