import { isJsonObject } from '../../src/openapi/index.js';

/** Keywords that validators ignore, besides `x-` extensions. */
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

/** Keywords whose members are named freely, so that a name may look like a keyword. */
const named = new Set(['$defs', 'dependentRequired', 'dependentSchemas', 'patternProperties', 'properties']);

/** Keywords that contain values, whose members are not keywords. */
const values = new Set(['const', 'enum']);

/** A schema without annotations, which would only enlarge a validator that contains a copy of its schema. */
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
