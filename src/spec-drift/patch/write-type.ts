import { type Notation, written } from '../notation.js';

/** A type, and what it refers to. */
export interface TypeToWrite {
  readonly type: Notation;
  readonly values: readonly string[];
  /** The component that describes the object, or each of them. */
  readonly of?: string | undefined;
  /** The type of a map's values, where the member was a map before. */
  readonly map?: unknown;
}

/** A type as a schema. */
export function schemaOf({ type, values, of, map }: TypeToWrite): Record<string, unknown> {
  if (type.depth > 0) {
    return { type: 'array', items: schemaOf({ type: { ...type, depth: type.depth - 1 }, values, of, map }) };
  }
  if (of !== undefined) return { $ref: `#/components/schemas/${of}` };
  return {
    ...(type.base === 'any' ? {} : { type: type.base }),
    ...(type.format === undefined ? {} : { format: type.format }),
    ...(type.isEnum && values.length > 0 ? { enum: [...values] } : {}),
    ...(map === undefined ? {} : { additionalProperties: map }),
  };
}

/** A type as provenance.yaml writes it. */
export function provenanceOf({ type, values, of }: TypeToWrite): Record<string, unknown> {
  return {
    type: written(type),
    ...(of === undefined ? {} : { of }),
    ...(type.isEnum && values.length > 0 ? { enum: [...values] } : {}),
  };
}

/** A value that obeys a type, for the examples. */
export function exampleOf({ type, values }: TypeToWrite): unknown {
  if (type.depth > 0) return [exampleOf({ type: { ...type, depth: type.depth - 1 }, values })];
  if (type.isEnum) return values[0] ?? 'VALUE';
  switch (type.base) {
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return formatted[type.format ?? ''] ?? 'text';
  }
}

const formatted: Readonly<Record<string, string>> = {
  'date-time': '2026-03-30T09:15:02.114Z',
  date: '2026-03-30',
  uuid: '5f1c3e0a-8f0b-4f57-9e0c-27a5a4d1b7c2',
  uri: 'https://example.com/',
  email: 'someone@example.com',
};
