import { isJsonObject, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';

/** Keywords that speak to people. Their words may change freely. */
const prose = ['$comment', 'description', 'summary', 'title'];

/** An object without its prose. Its members have to be keywords: a property may be named `title`. */
export function withoutProse(value: JsonObject): JsonObject {
  return prose.reduce(without, value);
}

/**
 * A schema as the page writes it: `string<date-time>` for a format, `enum<string>` for an enum,
 * `object[]` for a list of objects, `of` for the name of an object's schema and `values` for what a
 * map holds. What the page has no notation for stands as the schema has it.
 */
export function notationOf(schema: unknown): JsonObject {
  if (!isJsonObject(schema)) return { schema };
  const { $ref, type, format, items, properties, required, additionalProperties, ...others } = withoutProse(schema);
  return {
    ...(typeof $ref === 'string' ? { type: 'object', of: $ref.split('/').at(-1) } : {}),
    ...(typeof $ref !== 'string' || type !== undefined ? typeNotation(schema, type, format) : {}),
    ...(items === undefined ? {} : type === 'array' ? itemsNotation(items) : { items: notationOf(items) }),
    ...(properties === undefined ? {} : { members: membersOf(objectOf(properties), required) }),
    ...(properties === undefined && required !== undefined ? { required } : {}),
    ...(additionalProperties === undefined ? {} : valuesNotation(additionalProperties)),
    ...Object.fromEntries(Object.entries(others).map(([keyword, value]) => [keyword, branchesOf(keyword, value)])),
  };
}

/** The members of an object, each with whether it has to be there. */
export function membersOf(properties: JsonObject, required: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      { ...notationOf(schema), required: listOf(required).includes(name) },
    ]),
  );
}

function typeNotation(schema: JsonObject, type: unknown, format: unknown): JsonObject {
  if (type === undefined) return format === undefined ? {} : { format };
  if (typeof type !== 'string') return format === undefined ? { type } : { type, format };
  if (Array.isArray(schema['enum'])) return { type: `enum<${type}>`, ...(format === undefined ? {} : { format }) };
  return { type: typeof format === 'string' ? `${type}<${format}>` : type };
}

function itemsNotation(items: unknown): JsonObject {
  const { type, of, ...others } = notationOf(items);
  return {
    type: `${String(type)}[]`,
    ...(of === undefined ? {} : { of }),
    ...(Object.keys(others).length === 0 ? {} : { items: others }),
  };
}

/** Most maps hold values of one type, and its name says everything. */
function valuesNotation(additional: unknown): JsonObject {
  if (!isJsonObject(additional)) return { additionalProperties: additional };
  const notation = notationOf(additional);
  const keywords = Object.keys(notation);
  return { values: keywords.length === 1 && keywords[0] === 'type' ? notation['type'] : notation };
}

function branchesOf(keyword: string, value: unknown): unknown {
  return ['allOf', 'anyOf', 'oneOf'].includes(keyword) ? listOf(value).map(notationOf) : value;
}
