import { child, children, isJsonObject, type Description, type Node } from '../openapi/index.js';

/** Whether a larger number allows more or less. */
export const limits: Readonly<Record<string, 'upper' | 'lower'>> = {
  ...{ maximum: 'upper', exclusiveMaximum: 'upper', maxLength: 'upper', maxItems: 'upper', maxProperties: 'upper' },
  ...{ minimum: 'lower', exclusiveMinimum: 'lower', minLength: 'lower', minItems: 'lower', minProperties: 'lower' },
};

/** A member of an object: what holds for its value, and where it is said to be required. */
export interface Member {
  /** All of them hold; none says that the value may be anything. */
  readonly schemas: readonly Node[];
  readonly required: Node | undefined;
  /** Where the object names it. */
  readonly at: Node;
}

/**
 * What a schema says once references are followed, `allOf` is merged and the spellings of OpenAPI 3.0
 * and 3.1 are one. Two schemas that say the same have the same shape.
 */
export interface Shape {
  /** What it is the shape of: all of these schemas hold. */
  readonly schemas: readonly Node[];
  /** The schema that is referred to, where there is one. */
  readonly at: Node;
  /** The schema components that it is made of, the one named first coming first. */
  readonly components: readonly string[];
  /** Undefined: any type. Sorted, without `null`. */
  readonly types: readonly string[] | undefined;
  readonly typeAt: Node;
  readonly nullable: boolean;
  /** The allowed values by their JSON text. Undefined: any value. */
  readonly values: ReadonlyMap<string, Node> | undefined;
  readonly valuesAt: Node;
  readonly members: ReadonlyMap<string, Member>;
  /** Members that are not named: forbidden, of these schemas, or (no schema) anything. */
  readonly others: { readonly at: Node; readonly schemas: readonly Node[]; readonly closed: boolean };
  /** Undefined: nothing is said of items. */
  readonly items: readonly Node[] | undefined;
  /** The alternatives of each `oneOf` and `anyOf`. */
  readonly unions: readonly (readonly Node[])[];
  /** Every other keyword that is no annotation. */
  readonly keywords: ReadonlyMap<string, Node>;
}

/** Keywords that say something to people and to tools, and forbid nothing. */
const annotations = new Set([
  ...['$comment', '$defs', '$id', '$schema', '$anchor', 'definitions', 'deprecated', 'description', 'example'],
  ...['examples', 'externalDocs', 'title', 'xml'],
]);

/** Keywords for which a shape has a place of its own. */
const shaped = new Set([
  ...['$ref', 'allOf', 'anyOf', 'oneOf', 'type', 'nullable', 'enum', 'const', 'properties', 'required'],
  ...['additionalProperties', 'items'],
]);

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('x-');
}

/** The shape of a value for which all the given schemas hold. */
export function shapeOf(description: Description, schemas: readonly Node[], at: Node): Shape {
  const all = flatten(description, schemas, new Set());
  const { parts } = all;
  const nodes = (keyword: string): Node[] => parts.flatMap((part) => child(part, keyword) ?? []);
  const values = valuesOf(parts);
  const others = nodes('additionalProperties').filter((node) => !isSilent(node));
  const items = nodes('items').filter((node) => !isSilent(node));
  const types = typesOf(parts, values, all.scalarTypes);
  // Enums that leave out null beside a nullable type are meant to allow it; generators read them so.
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

/** The schemas themselves, those that they refer to and those of their `allOf`, in one list. */
function flatten(description: Description, schemas: readonly Node[], seen: Set<string>): Flat {
  const flat: Flat = { parts: [], components: [], unions: [], nullable: false, scalarTypes: undefined };
  const visit = (node: Node): void => {
    if (seen.has(node.pointer)) return;
    seen.add(node.pointer);
    if (node.value === true) return;
    if (!isJsonObject(node.value) && node.value !== false) description.refuse(node, 'is no schema.');
    const component = /^\/components\/schemas\/([^/]+)$/.exec(node.pointer)?.[1];
    if (component !== undefined) flat.components.push(component);
    flat.parts.push(node);
    const reference = child(node, '$ref');
    if (typeof reference?.value === 'string') visit(description.resolve({ ...node, value: { $ref: reference.value } }));
    for (const [, part] of children(child(node, 'allOf'))) visit(part);
    for (const keyword of ['anyOf', 'oneOf']) addUnion(children(child(node, keyword)).map(([, branch]) => branch));
    // Without a type beside it the keyword forbids nothing by the letter, but every generator reads it so.
    const saysType = isJsonObject(node.value) && node.value['type'] !== undefined;
    if (!saysType && child(node, 'nullable')?.value === true) flat.nullable = true;
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

/** The type of a schema that says nothing else. */
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

/** Many descriptions leave out the type where the other keywords only make sense for one. */
function impliedTypes(parts: Node[], values: Map<string, Node> | undefined): string[] | undefined {
  const says = (...keywords: string[]): boolean =>
    parts.some((part) => keywords.some((keyword) => child(part, keyword) !== undefined));
  if (values !== undefined) return [...new Set([...values.values()].map(({ value }) => typeOf(value)))].sort();
  if (says('properties', 'additionalProperties', 'required')) return ['object'];
  if (says('items')) return ['array'];
  return parts.some(({ value }) => value === false) ? [] : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Whether a value of the type is of one of the types. */
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

/** Of several limits the tightest counts; of other keywords that differ, all of them do. */
function keywordsOf(parts: Node[]): Map<string, Node> {
  const keywords = new Map<string, Node>();
  for (const [keyword, node] of parts.flatMap((part) => children(part))) {
    if (shaped.has(keyword) || isAnnotation(keyword)) continue;
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

/** Whether a schema allows everything. */
function isSilent({ value }: Node): boolean {
  return value === true || (isJsonObject(value) && Object.keys(value).every(isAnnotation));
}
