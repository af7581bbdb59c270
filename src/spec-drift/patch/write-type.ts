import { type Notation, formatType } from '../page/notation.js';

/** A type with its enum values and component. */
export interface TypeToWrite {
  readonly type: Notation;
  readonly values: readonly string[];
  /** The component of the object, or of the array elements. */
  readonly of?: string | undefined;
  /** The schema of the values, if the member was already a map. */
  readonly map?: unknown;
}

/** Converts a type to a schema. */
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

/** Converts a type to its form in provenance.yaml. */
export function provenanceOf({ type, values, of }: TypeToWrite): Record<string, unknown> {
  return {
    type: formatType(type),
    ...(of === undefined ? {} : { of }),
    ...(type.isEnum && values.length > 0 ? { enum: [...values] } : {}),
  };
}

/** A type with the members of its objects. */
interface TypeOfExample extends Pick<TypeToWrite, 'type' | 'values'> {
  readonly members?: readonly (TypeOfExample & { readonly name: string; readonly required: boolean })[];
}

/** An example value of a type, with the required members. */
export function exampleOf({ type, values, members = [] }: TypeOfExample): unknown {
  if (type.depth > 0) return [exampleOf({ type: { ...type, depth: type.depth - 1 }, values, members })];
  if (type.isEnum) return values[0] ?? 'VALUE';
  switch (type.base) {
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object':
      return Object.fromEntries(
        members.filter(({ required }) => required).map((member) => [member.name, exampleOf(member)]),
      );
    default:
      return examplesByFormat[type.format ?? ''] ?? 'text';
  }
}

const examplesByFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-03-30T09:15:02.114Z',
  date: '2026-03-30',
  uuid: '5f1c3e0a-8f0b-4f57-9e0c-27a5a4d1b7c2',
  uri: 'https://example.com/',
  email: 'someone@example.com',
};
