import { child, children, isJsonObject, type Description, type Node } from '../openapi/index.js';

/** Whether a keyword is an upper or a lower limit. */
export const limits: Readonly<Record<string, 'upper' | 'lower'>> = {
  ...{ maximum: 'upper', exclusiveMaximum: 'upper', maxLength: 'upper', maxItems: 'upper', maxProperties: 'upper' },
  ...{ minimum: 'lower', exclusiveMinimum: 'lower', minLength: 'lower', minItems: 'lower', minProperties: 'lower' },
};

/** A member of an object. */
export interface Member {
  /** All of them apply. If the list is empty, any value is valid. */
  readonly schemas: readonly Node[];
  /** The entry in `required`, if any. */
  readonly required: Node | undefined;
  /** The node that declares the member. */
  readonly at: Node;
}

/**
 * A schema with references resolved, `allOf` merged, and the notations of OpenAPI 3.0 and 3.1 unified.
 * Equivalent schemas have the same shape.
 */
export interface Shape {
  /** The schemas that make up the shape. All of them apply. */
  readonly schemas: readonly Node[];
  /** The target of the reference, if there is one. */
  readonly at: Node;
  /** The names of the components it consists of, in reference order. */
  readonly components: readonly string[];
  /** Sorted, without `null`. Undefined means any type. */
  readonly types: readonly string[] | undefined;
  readonly typeAt: Node;
  readonly nullable: boolean;
  /** The allowed values by their JSON text. Undefined means any value. */
  readonly values: ReadonlyMap<string, Node> | undefined;
  readonly valuesAt: Node;
  readonly members: ReadonlyMap<string, Member>;
  /** Undeclared members: forbidden if `closed`, otherwise of these schemas, or of any type if there are none. */
  readonly others: { readonly at: Node; readonly schemas: readonly Node[]; readonly closed: boolean };
  /** Undefined if items are unconstrained. */
  readonly items: readonly Node[] | undefined;
  /** The alternatives of each `oneOf` and `anyOf`. */
  readonly unions: readonly (readonly Node[])[];
  /** Every other keyword that is not an annotation. */
  readonly keywords: ReadonlyMap<string, Node>;
}

/** Keywords that inform people and tools but constrain nothing. */
const annotations = new Set([
  ...['$comment', '$defs', '$id', '$schema', '$anchor', 'definitions', 'deprecated', 'description', 'example'],
  ...['examples', 'externalDocs', 'title', 'xml'],
]);

/** Keywords with a field of their own in a shape. */
const keywordsWithField = new Set([
  ...['$ref', 'allOf', 'anyOf', 'oneOf', 'type', 'nullable', 'enum', 'const', 'properties', 'required'],
  ...['additionalProperties', 'items'],
]);

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('x-');
}

/** The shape of a value to which all the given schemas apply. */
export function shapeOf(description: Description, schemas: readonly Node[], at: Node): Shape {
  const all = flatten(description, schemas, new Set());
  const { parts } = all;
  const nodes = (keyword: string): Node[] => parts.flatMap((part) => child(part, keyword) ?? []);
  const values = valuesOf(parts);
  const others = nodes('additionalProperties').filter((node) => !allowsAnyValue(node));
  const items = nodes('items').filter((node) => !allowsAnyValue(node));
  const types = typesOf(parts, values, all.scalarTypes);
  // Generators allow null for a nullable type even if its enum omits null.
  values?.delete('null');
  return {
    schemas,
    at: parts.find((part) => child(part, '$ref') === undefined) ?? at,
    components: all.components,
    types: types?.filter((type) => type !== 'null'),
    typeAt: nodes('type')[0] ?? at,
    nullable: all.nullable || types?.includes('null') === true,
    values,
    valuesAt: nodes('enum')[0] ?? nodes('const')[0] ?? at,
    members: membersOf(parts),
    others: {
      at: nodes('additionalProperties')[0] ?? at,
      schemas: others.filter(({ value }) => value !== false),
      closed: others.some(({ value }) => value === false),
    },
    items: items.length === 0 ? undefined : items,
    unions: all.unions,
    keywords: keywordsOf(parts),
  };
}

interface Flat {
  readonly parts: Node[];
  readonly components: string[];
  readonly unions: Node[][];
  nullable: boolean;
  scalarTypes: string[] | undefined;
}

/** Collects the schemas, their references and the schemas of their `allOf` into one list. */
function flatten(description: Description, schemas: readonly Node[], seen: Set<string>): Flat {
  const flat: Flat = { parts: [], components: [], unions: [], nullable: false, scalarTypes: undefined };
  const visit = (node: Node): void => {
    if (seen.has(node.pointer)) return;
    seen.add(node.pointer);
    if (node.value === true) return;
    if (!isJsonObject(node.value) && node.value !== false) description.refuse(node, 'is not a schema.');
    const component = /^\/components\/schemas\/([^/]+)$/.exec(node.pointer)?.[1];
    if (component !== undefined) flat.components.push(component);
    flat.parts.push(node);
    const reference = child(node, '$ref');
    if (typeof reference?.value === 'string') visit(description.resolve({ ...node, value: { $ref: reference.value } }));
    for (const [, part] of children(child(node, 'allOf'))) visit(part);
    for (const keyword of ['anyOf', 'oneOf']) addUnion(children(child(node, keyword)).map(([, branch]) => branch));
    // Without a type, the specification ignores `nullable`, but generators respect it.
    const hasType = isJsonObject(node.value) && node.value['type'] !== undefined;
    if (!hasType && child(node, 'nullable')?.value === true) flat.nullable = true;
  };
  const addUnion = (branches: Node[]): void => {
    if (branches.length === 0) return;
    const isNull = (branch: Node): boolean => child(branch, 'type')?.value === 'null';
    if (branches.some(isNull)) flat.nullable = true;
    const others = branches.filter((branch) => !isNull(branch));
    const bare = others.map((branch) => bareType(description.resolve(branch)));
    if (others.length === 1) others.forEach(visit);
    else if (bare.every((type) => type !== undefined)) flat.scalarTypes = bare;
    else flat.unions.push(others);
  };
  schemas.forEach(visit);
  return flat;
}

/** The type of a schema that has no other constraints. */
function bareType({ value }: Node): string | undefined {
  if (!isJsonObject(value) || typeof value['type'] !== 'string') return undefined;
  return Object.keys(value).every((key) => key === 'type' || isAnnotation(key)) ? value['type'] : undefined;
}

function typesOf(
  parts: Node[],
  values: Map<string, Node> | undefined,
  union: string[] | undefined,
): string[] | undefined {
  const stated = parts.flatMap((part) => {
    const types = child(part, 'type')?.value;
    if (types === undefined) return [];
    const list = (Array.isArray(types) ? types : [types]).map(String);
    return [child(part, 'nullable')?.value === true ? [...list, 'null'] : list];
  });
  if (union !== undefined) stated.push(union);
  const [first, ...rest] = stated;
  if (first === undefined) return impliedTypes(parts, values);
  const shared = rest.reduce((types, others) => types.filter((type) => covers(others, type)), first);
  const distinct = new Set(shared);
  if (distinct.has('number')) distinct.delete('integer');
  return [...distinct].sort();
}

/** Many descriptions omit a type that the other keywords imply. */
function impliedTypes(parts: Node[], values: Map<string, Node> | undefined): string[] | undefined {
  const has = (...keywords: string[]): boolean =>
    parts.some((part) => keywords.some((keyword) => child(part, keyword) !== undefined));
  if (values !== undefined) return [...new Set([...values.values()].map(({ value }) => typeOf(value)))].sort();
  if (has('properties', 'additionalProperties', 'required')) return ['object'];
  if (has('items')) return ['array'];
  return parts.some(({ value }) => value === false) ? [] : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Whether the types include every value of the given type. */
export function covers(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function valuesOf(parts: Node[]): Map<string, Node> | undefined {
  const lists = parts.flatMap((part) => {
    const constant = child(part, 'const');
    const list = child(part, 'enum');
    return [
      ...(list === undefined ? [] : [children(list).map(([, value]) => value)]),
      ...(constant === undefined ? [] : [[constant]]),
    ].map((nodes) => new Map(nodes.map((node) => [JSON.stringify(node.value), node])));
  });
  const [first, ...rest] = lists;
  return first && new Map([...first].filter(([text]) => rest.every((others) => others.has(text))));
}

function membersOf(parts: Node[]): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const part of parts) {
    for (const [name, schema] of children(child(part, 'properties'))) {
      const known = members.get(name);
      members.set(name, {
        schemas: [...(known?.schemas ?? []), schema],
        required: known?.required,
        at: known?.at ?? schema,
      });
    }
  }
  for (const part of parts) {
    for (const [, entry] of children(child(part, 'required'))) {
      const name = String(entry.value);
      members.set(name, { schemas: [], at: entry, ...members.get(name), required: entry });
    }
  }
  return members;
}

/** The tightest of several limits applies; of other keywords that differ, all values apply. */
function keywordsOf(parts: Node[]): Map<string, Node> {
  const keywords = new Map<string, Node>();
  for (const [keyword, node] of parts.flatMap((part) => children(part))) {
    if (keywordsWithField.has(keyword) || isAnnotation(keyword)) continue;
    const known = keywords.get(keyword);
    keywords.set(keyword, known === undefined ? node : { ...known, value: both(keyword, known.value, node.value) });
  }
  return keywords;
}

function both(keyword: string, a: unknown, b: unknown): unknown {
  const side = limits[keyword];
  if (side !== undefined && typeof a === 'number' && typeof b === 'number') {
    return side === 'upper' ? Math.min(a, b) : Math.max(a, b);
  }
  const known: unknown[] = Array.isArray(a) ? a : [a];
  const texts = new Map([...known, b].map((value: unknown) => [JSON.stringify(value), value]));
  const values = [...texts].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, value]) => value);
  return values.length === 1 ? values[0] : values;
}

/** Whether a schema allows any value. */
function allowsAnyValue({ value }: Node): boolean {
  return value === true || (isJsonObject(value) && Object.keys(value).every(isAnnotation));
}
