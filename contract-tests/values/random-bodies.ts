import fc, { type Arbitrary } from 'fast-check';
import { anyJson, arbitraryOf, type SchemaSource } from './arbitrary.js';
import { isJsonObject, type JsonObject } from '../../src/openapi/index.js';
import { formatTexts } from '../spec/formats.js';

/** A change to one place in a body. */
interface Change {
  /** The index of the place in depth-first order, modulo the number of places. */
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'add';
  readonly value: unknown;
}

const change: Arbitrary<Change> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  value: fc.oneof(
    anyJson,
    fc.constantFrom(...formatTexts),
    fc.maxSafeInteger(),
    fc.constantFrom(0, -1, 1.5, '', null, [], {}),
  ),
});

/** Random bodies: some valid, most with a few changes, some unrelated to the schema. */
export function randomBody(source: SchemaSource, schema: JsonObject): Arbitrary<unknown> {
  const valid = arbitraryOf(source, schema);
  return fc.oneof(
    { weight: 3, arbitrary: valid },
    {
      weight: 6,
      arbitrary: fc
        .tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 }))
        .map(([body, changes]) => changes.reduce(changed, body)),
    },
    { weight: 1, arbitrary: anyJson },
  );
}

function changed(body: unknown, { place, kind, value }: Change): unknown {
  const chosen = place % countOf(body);
  let index = -1;
  const walk = (node: unknown): unknown => {
    index += 1;
    if (index === chosen) return kind === 'add' ? added(node, value) : kind === 'remove' ? undefined : value;
    if (Array.isArray(node)) return node.map(walk).filter((item) => item !== undefined);
    if (!isJsonObject(node)) return node;
    return Object.fromEntries(
      Object.entries(node)
        .map(([name, member]) => [name, walk(member)])
        .filter(([, member]) => member !== undefined),
    );
  };
  return walk(body) ?? null;
}

function countOf(node: unknown): number {
  const inner: unknown[] = Array.isArray(node) ? node : isJsonObject(node) ? Object.values(node) : [];
  return inner.reduce<number>((sum, item) => sum + countOf(item), 1);
}

function added(node: unknown, value: unknown): unknown {
  if (Array.isArray(node)) return [...node.map((item: unknown) => item), value];
  return isJsonObject(node) ? { ...node, added: value } : value;
}
