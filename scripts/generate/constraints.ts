import { isJsonObject } from '../../src/openapi/index.js';

/** Keywords that say something to people and to tools, and nothing to a validator; and every `x-` extension. */
const annotations = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'readOnly',
  'title',
  'writeOnly',
  'xml',
]);

/** Keywords whose members have names of their own, which may be those of keywords. */
const named = new Set(['$defs', 'dependentRequired', 'dependentSchemas', 'patternProperties', 'properties']);

/** Keywords that hold values, whose members are no keywords. */
const values = new Set(['const', 'enum']);

/** What a schema asks of a value, without the words about it: a validator may hold a copy of its schema. */
export function constraintsOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(constraintsOf);
  if (!isJsonObject(schema)) return schema;
  const keywords = Object.entries(schema).filter(([keyword]) => !annotations.has(keyword) && !keyword.startsWith('x-'));
  return Object.fromEntries(
    keywords.map(([keyword, value]) => {
      if (values.has(keyword)) return [keyword, value];
      return [keyword, named.has(keyword) && isJsonObject(value) ? constraintsOfMembers(value) : constraintsOf(value)];
    }),
  );
}

function constraintsOfMembers(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, constraintsOf(schema)]));
}
