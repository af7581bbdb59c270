import { mkdir, readdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { AssociationSpec } from '../../generated/schema.js';
import { ConfigurationError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { createRowStore, type RowStore } from './row-store.js';
import type { InputRow } from './row.js';
import { unlabeled, useFolder } from './test-support.js';

const folder = useFolder();

function row(line: number, from: string, note = '', types: AssociationSpec[] = [unlabeled]): InputRow {
  return { line, cells: [from, '1', note], input: { from: { id: from }, to: { id: '1' }, types } };
}

async function partsOf(store: RowStore): Promise<InputRow[][]> {
  const parts: InputRow[][] = [];
  for await (const part of store.parts()) parts.push([...part]);
  return parts;
}

const byLine = (a: InputRow, b: InputRow): number => a.line - b.line;

/** Long enough that rows are written to disk. */
const long = 'x'.repeat(50_000);

describe('a row store', () => {
  test.each([
    ['in memory', 'memory', ''],
    ['on disk', 'disk', long],
  ])('yields every row unchanged, with those of a pair together and in order: %s', async (_, name, note) => {
    const exotic = '{"from":{"id":"y","z":1},"to":{"id":"1"},"types":[],"__proto__":2}';
    const odd: InputRow[] = [
      row(2, '"\u2028\n\r,'),
      row(3, '\ud800', '\n'),
      { ...row(4, 'x'), cells: [] },
      { ...row(5, 'y'), input: JSON.parse(exotic) as AssociationInput },
    ];
    const many = Array.from({ length: 400 }, (_, index) => row(10 + index, String(index % 100), note));
    const store = createRowStore(folder.path(name), 80_000);
    for (let start = 0; start < many.length; start += 50) await store.add(many.slice(start, start + 50));
    await store.add(odd);

    const parts = await partsOf(store);
    expect(parts.flat().sort(byLine)).toEqual([...odd, ...many]);
    expect(parts.length).toBeGreaterThan(1);
    for (let id = 0; id < 100; id += 1) {
      const holding = parts.filter((part) => part.some(({ input }) => input.from.id === String(id)));
      expect(holding).toHaveLength(1);
      const lines = holding[0]?.flatMap(({ line, input }) => (input.from.id === String(id) ? [line] : []));
      expect(lines).toEqual([10 + id, 110 + id, 210 + id, 310 + id]);
    }
  });

  test('writes nothing while its rows are few', async () => {
    const store = createRowStore(folder.path('few'), 10_000_000);
    await store.add([row(2, '1'), row(3, '1')]);
    expect((await partsOf(store)).flat()).toHaveLength(2);
    await expect(readdir(folder.path('few'))).rejects.toThrow('ENOENT');
  });

  test('lets rows of the same types share one list', async () => {
    const store = createRowStore(folder.path('types'), 1);
    await store.add([row(2, '1'), row(3, '2')]);
    const [first, second] = (await partsOf(store)).flat();
    expect(first?.input.types).toBe(second?.input.types);
  });

  test('divides a pair that does not fit in memory into several parts, each with the types of all rows', async () => {
    const store = createRowStore(folder.path('one'), 1);
    const labels = [36, 37, 38].map((id): AssociationSpec => ({ associationCategory: 'WORK', associationTypeId: id }));
    for (let line = 2; line < 602; line += 1) {
      const label = labels[Math.floor((line - 2) / 200)] ?? unlabeled;
      await store.add([row(line, '1', long, [label])]);
    }
    await store.add([row(602, '2')]);
    const parts = await partsOf(store);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat().map(({ line }) => line)).toEqual(Array.from({ length: 601 }, (_, index) => index + 2));
    for (const { input } of parts.flat()) expect(input.types).toEqual(input.from.id === '1' ? labels : [unlabeled]);
  });

  test('reports that it cannot write', async () => {
    await mkdir(folder.path('taken/rows-0'), { recursive: true });
    const store = createRowStore(folder.path('taken'), 1);
    const adding = store.add(Array.from({ length: 200 }, (_, index) => row(index + 2, '1', long)));
    await expect(adding).rejects.toThrow(ConfigurationError);
    await expect(adding).rejects.toThrow('TMPDIR');
  });
});
