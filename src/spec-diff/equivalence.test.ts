import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findings, sketch, type Json } from './test-support.js';

const names = ['Book', 'Loan', 'Shelf', 'Reader'];
const reference = fc.constantFrom(...names).map((name): Json => ({ $ref: `#/components/schemas/${name}` }));

/** Typical schemas; components refer to one another and to themselves. */
const { schema } = fc.letrec<{ schema: Json; object: Json }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(
      { type: 'string' },
      { type: ['integer', 'null'], format: 'int32' },
      { type: 'string', enum: ['a', 'b', 'c'] },
      { type: 'string', maxLength: 9 },
    ),
    reference,
    tie('object'),
    tie('schema').map((items): Json => ({ type: 'array', items })),
    tie('schema').map((entry): Json => ({ type: 'object', additionalProperties: entry })),
    fc.tuple(tie('object'), reference).map((oneOf): Json => ({ oneOf })),
    reference.map((base): Json => ({
      allOf: [{ properties: { note: { type: 'string' } }, required: ['note'] }, base],
    })),
  ),
  object: fc
    .dictionary(fc.constantFrom('id', 'title', 'tags', 'from', 'to'), tie('schema'), { maxKeys: 4 })
    .chain((properties) =>
      fc.subarray(Object.keys(properties)).map((required): Json => ({ type: 'object', properties, required })),
    ),
}));

const description = fc
  .record({ components: fc.tuple(schema, schema, schema, schema), request: schema, reply: schema })
  .map(({ components, request, reply }) => {
    // Components that are only references could form a cycle, which is an error.
    const whole = components.map((component) =>
      '$ref' in component ? { type: 'array', items: component } : component,
    );
    const schemas = Object.fromEntries(names.map((name, index) => [name, whole[index]]));
    return sketch({ request, reply, components: { schemas } });
  });

type Edit = (value: unknown, key: string) => unknown;

/** Applies an edit to every value, innermost first. */
function edited(value: unknown, edit: Edit, key = ''): unknown {
  if (Array.isArray(value))
    return edit(
      value.map((entry) => edited(entry, edit)),
      key,
    );
  if (typeof value !== 'object' || value === null) return edit(value, key);
  return edit(Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, edited(entry, edit, name)])), key);
}

const unordered = new Set(['required', 'enum', 'type', 'oneOf', 'allOf', 'parameters']);

const reorder: Edit = (value, key) => {
  const list: unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list !== undefined) return unordered.has(key) ? list.toReversed() : list;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse());
};

const rename: Edit = (value, key) => {
  if (key === '$ref') return `${String(value)}_1`;
  if (key !== 'schemas') return value;
  return Object.fromEntries(Object.entries(value as Json).map(([name, entry]) => [`${name}_1`, entry]));
};

const as30: Edit = (value) => {
  if (typeof value !== 'object' || value === null || !('type' in value) || !Array.isArray(value.type)) return value;
  return { ...value, type: (value.type as string[]).find((type) => type !== 'null'), nullable: true };
};

const annotate: Edit = (value, key) => {
  if (typeof value !== 'object' || value === null || !('type' in value || '$ref' in value)) return value;
  return key === 'properties' ? value : { ...value, description: 'New.', example: null, deprecated: true, 'x-new': 1 };
};

const wrap: Edit = (value) =>
  typeof value === 'object' && value !== null && '$ref' in value ? { allOf: [value] } : value;

/** Replaces the references outside of components with their targets, one level deep. */
function inline(whole: Json): unknown {
  const { schemas } = whole['components'] as { schemas: Json };
  const paths = edited(whole['paths'], (value) => {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
    return schemas[String(value.$ref).replace(/^.*\//, '')];
  });
  return { ...whole, paths };
}

const rewrites: readonly [string, (whole: Json) => unknown][] = [
  ['is identical', (whole) => whole],
  ['is ordered differently', (whole) => edited(whole, reorder)],
  ['names its components differently', (whole) => edited(whole, rename)],
  ['inlines its references', inline],
  ['wraps its references in allOf', (whole) => edited(whole, wrap)],
  ['is written in OpenAPI 3.0', (whole) => ({ ...(edited(whole, as30) as Json), openapi: '3.0.3' })],
  ['has different texts, examples and extensions', (whole) => edited(whole, annotate)],
];

describe('there are no findings if the new description', () => {
  test.each(rewrites)('%s', (_, rewrite) => {
    fc.assert(
      fc.property(description, (whole) => {
        expect(findings(whole, rewrite(whole))).toEqual([]);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

test('fingerprints and severities do not depend on how the descriptions are written', () => {
  const short = (found: ReturnType<typeof findings>): string[] =>
    found.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`).sort();
  fc.assert(
    fc.property(description, description, (old, changed) => {
      const rewrite = (whole: Json): unknown => edited(edited(edited(whole, rename), reorder), annotate);

      expect(short(findings(rewrite(old), rewrite(changed)))).toEqual(short(findings(old, changed)));
    }),
    { seed: 1, numRuns: 60 },
  );
});
