import { at, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { placesWhere, renamed, type Edit } from './edit.js';

/** Replacements for each type. */
const otherTypes: Readonly<Record<string, readonly string[]>> = {
  string: ['integer', 'object'],
  integer: ['string', 'number'],
  number: ['string', 'integer'],
  boolean: ['string'],
  array: ['object', 'string'],
  object: ['array', 'string'],
};

/** Replacements for each format. */
const otherFormats: Readonly<Record<string, string>> = {
  'date-time': 'date',
  date: 'date-time',
  uuid: 'email',
  int32: 'int64',
  int64: 'int32',
};

/** Limits to add to schemas; some values of the type violate them. */
const newLimits: Readonly<Record<string, JsonObject>> = {
  string: { maxLength: 2, minLength: 3, pattern: '^[A-Z0-9]' },
  integer: { minimum: 1, maximum: 1_000 },
  array: { minItems: 1, maxItems: 1 },
  object: { maxProperties: 1 },
};

const limits = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];

/** Edits that change each statement of the schemas of a description. */
export function schemaEdits(document: JsonObject): Edit[] {
  const isSchema = (value: JsonObject, pointer: string): boolean =>
    !/\/(?:examples?|properties|headers|required)$/.test(pointer) &&
    !/\/examples?\//.test(pointer) &&
    ['type', 'properties', 'enum', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in value) &&
    !pointer.includes('/securitySchemes/');
  const schemas = ['/components', '/paths'].flatMap((root) => placesWhere(document, root, isSchema));
  return schemas.flatMap(({ pointer, value }) => [
    ...memberEdits(pointer, value),
    ...typeEdits(pointer, value),
    ...valueEdits(pointer, value),
    ...limitEdits(pointer, value),
  ]);
}

function memberEdits(pointer: string, schema: JsonObject): Edit[] {
  const properties = objectOf(schema['properties']);
  const required = listOf(schema['required']).map(String);
  const place = (name: string): string => at(pointer, 'properties', name);
  const names = Object.keys(properties);
  return [
    ...names.map((name): Edit => {
      const others = required.filter((other) => other !== name);
      return {
        operator: 'drop',
        pointer: place(name),
        to: undefined,
        also: required.includes(name) ? [{ pointer: at(pointer, 'required'), to: others }] : [],
      };
    }),
    ...names.map((name): Edit => {
      const newName = `${name}Renamed`;
      const newRequired = required.map((other) => (other === name ? newName : other));
      return {
        operator: `rename ${name}`,
        pointer,
        to: {
          ...schema,
          properties: renamed(properties, name, newName),
          ...(required.length > 0 ? { required: newRequired } : {}),
        },
      };
    }),
    ...required.map((name): Edit => ({
      operator: `do not require ${name}`,
      pointer: at(pointer, 'required'),
      to: required.filter((other) => other !== name),
    })),
    ...names
      .filter((name) => !required.includes(name))
      .map((name): Edit => ({
        operator: `require ${name}`,
        pointer: at(pointer, 'required'),
        to: [...required, name],
      })),
    ...('additionalProperties' in schema || names.length === 0
      ? []
      : [{ operator: 'close', pointer: at(pointer, 'additionalProperties'), to: false }]),
    ...('additionalProperties' in schema
      ? [{ operator: 'drop', pointer: at(pointer, 'additionalProperties'), to: undefined }]
      : []),
  ];
}

function typeEdits(pointer: string, schema: JsonObject): Edit[] {
  const place = at(pointer, 'type');
  const { type } = schema;
  const types = [type].flat().filter((one) => typeof one === 'string');
  if (types.length === 0) return [];
  // The format belongs to the old type.
  const bare = without(schema, 'format');
  return [
    { operator: 'drop', pointer: place, to: undefined },
    { operator: 'make nullable', pointer: place, to: [...types, 'null'] },
    ...(types.length > 1
      ? types.map((one) => ({ operator: `drop ${one}`, pointer: place, to: types.filter((other) => other !== one) }))
      : []),
    ...(types.length > 1 ? [] : (otherTypes[types[0] ?? ''] ?? [])).map((other) => ({
      operator: `retype to ${other}`,
      pointer,
      to: { ...bare, type: other },
    })),
  ];
}

function valueEdits(pointer: string, schema: JsonObject): Edit[] {
  const { format, enum: values } = schema;
  const place = at(pointer, 'enum');
  const entries = listOf(values);
  const ofEnum = [
    ...entries.map((value, index) => ({ operator: 'drop', pointer: at(place, index), to: undefined, value })),
    { operator: 'add', pointer: at(place, '-'), to: `${String(entries[0])}_` },
    { operator: 'drop', pointer: place, to: undefined },
  ];
  const formatPlace = at(pointer, 'format');
  const other = typeof format === 'string' ? otherFormats[format] : undefined;
  return [
    ...(entries.length > 0 ? ofEnum : []),
    ...(format === undefined ? [] : [{ operator: 'drop', pointer: formatPlace, to: undefined }]),
    ...(other === undefined ? [] : [{ operator: `change to ${other}`, pointer: formatPlace, to: other }]),
  ];
}

function limitEdits(pointer: string, schema: JsonObject): Edit[] {
  const present = limits.filter((keyword) => typeof schema[keyword] === 'number');
  const { type } = schema;
  // Texts with a format are longer than 2, so a minLength of 3 would change nothing.
  const added =
    type === 'string' && 'format' in schema
      ? { maxLength: 2 }
      : objectOf(newLimits['enum' in schema ? '' : String(type)]);
  return [
    ...present.flatMap((keyword) => [
      { operator: 'raise', pointer: at(pointer, keyword), to: Number(schema[keyword]) + 1 },
      { operator: 'lower', pointer: at(pointer, keyword), to: Number(schema[keyword]) - 1 },
      { operator: 'drop', pointer: at(pointer, keyword), to: undefined },
    ]),
    ...Object.entries(added)
      .filter(([keyword]) => !(keyword in schema))
      .map(([keyword, limit]) => ({ operator: 'add', pointer: at(pointer, keyword), to: limit })),
  ];
}
