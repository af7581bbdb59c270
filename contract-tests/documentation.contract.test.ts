import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';

// What the capture says is compared with what provenance.yaml says of the page, in the page's own
// notation. Whoever changes one has to look at the page and change the other.

/** A type as the page writes it. */
interface Notation {
  readonly type: string;
  readonly of?: string;
  readonly values?: string;
  readonly enum?: readonly string[];
}

interface Member extends Notation {
  readonly required: boolean;
  readonly place?: string;
  readonly source?: string;
}

interface Provenance {
  readonly places: Readonly<Record<string, string>>;
  readonly contradictions: readonly { readonly at: string }[];
  readonly operations: Readonly<Record<string, OperationProvenance>>;
  readonly schemas: Readonly<Record<string, Readonly<Record<string, Member>>>>;
}

interface OperationProvenance {
  readonly facts: Readonly<Record<string, { readonly says: unknown; readonly place: string }>>;
  readonly parameters: Readonly<Record<string, Member & { readonly in: string }>>;
  readonly responses: Readonly<
    Record<string, { schema: string; place?: string; source?: string; headers?: Readonly<Record<string, string>> }>
  >;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface CapturedOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content & { headers?: Readonly<Record<string, { $ref: string }>> }>>;
}

interface Capture {
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly 'x-hubspot-product-tier-requirements': unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, CapturedOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { type: string; scheme: string }>>;
    readonly headers: Readonly<Record<string, { schema: Schema }>>;
    readonly parameters: Readonly<Record<string, { name: string; in: string; required: boolean; schema: Schema }>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

function read(file: string): unknown {
  const text = readFileSync(join(import.meta.dirname, '..', 'openapi', file), 'utf8');
  return parse(text, { merge: true });
}

const provenance = read('provenance.yaml') as Provenance;
const capture = read('associations.yaml') as Capture;
const operations = Object.entries(capture.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: operation.operationId, path, method, operation })),
);

/** Where the page has an operation. */
function provenanceOf(name: string): OperationProvenance {
  const found = provenance.operations[name];
  if (found === undefined) throw new Error(`openapi/provenance.yaml does not say where the page has ${name}.`);
  return found;
}

function nameIn(reference: string | undefined): string | undefined {
  return reference?.split('/').at(-1);
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined || schema.type === 'object') return 'object';
  if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`;
  if (schema.enum !== undefined) return `enum<${String(schema.type)}>`;
  return schema.format === undefined ? String(schema.type) : `${String(schema.type)}<${schema.format}>`;
}

/** What the notation covers. The page states no other constraint, so a schema has none that it cannot say. */
const covered = ['$ref', 'type', 'format', 'enum', 'items', 'additionalProperties', 'description'];

function notation(schema: Schema): Notation {
  const of = nameIn(schema.$ref ?? schema.items?.$ref);
  const others = [schema, schema.items ?? {}, schema.additionalProperties ?? {}].flatMap(Object.keys);
  expect(others.filter((keyword) => !covered.includes(keyword))).toEqual([]);
  return {
    type: typeOf(schema),
    ...(of === undefined ? {} : { of }),
    ...(schema.enum === undefined ? {} : { enum: schema.enum }),
    ...(schema.additionalProperties === undefined ? {} : { values: typeOf(schema.additionalProperties) }),
  };
}

/** What the capture or provenance has of a name. */
type Entry = readonly [name: string, entry: unknown];

/**
 * Compares what the capture has with what provenance says of the page, entry by entry. An entry that
 * one of them has not is named with the line to add or to remove.
 */
function expectStated(capturedEntries: readonly Entry[], saidEntries: readonly Entry[], parent: string): void {
  const [captured, said] = [Object.fromEntries(capturedEntries), Object.fromEntries(saidEntries)];
  const missing = Object.entries(captured).filter(([name]) => !(name in said));
  const gone = Object.keys(said).filter((name) => !(name in captured));
  const lines = missing.map(([name, entry]) => {
    const stated = { ...(entry as object), place: `one of ${Object.keys(provenance.places).join(' | ')}` };
    return stringify({ [name]: stated }, { collectionStyle: 'flow', lineWidth: 0 }).replace(/^\{ (.*) \}\n$/s, '  $1');
  });
  const problems = [
    ...(lines.length === 0
      ? []
      : [`openapi/provenance.yaml does not say where the page has this. Add below ${parent}:\n${lines.join('\n')}`]),
    ...gone.map((name) => `The capture has no ${name}. Remove it below ${parent} in openapi/provenance.yaml.`),
  ];
  if (problems.length > 0) throw withoutStack(problems.join('\n'));
  expect(captured).toEqual(said);
}

/** The place in this file says nothing: the message names the line to change. */
function withoutStack(message: string): Error {
  return Object.assign(new Error(message), { stack: message });
}

/** What provenance says of a member, without where it says so. */
function stated({ place, source, ...said }: Member): unknown {
  expect(place ?? source).toBeDefined();
  if (place !== undefined) expect(Object.keys(provenance.places)).toContain(place);
  return said;
}

describe.each(operations)('of $name, the capture says what the page says', ({ name, path, method, operation }) => {
  test('method, path, server, security, media type and products', () => {
    const [securityName = ''] = Object.keys(capture.security[0] ?? {});
    const { type, scheme } = capture.components.securitySchemes[securityName] ?? {};
    const { facts } = provenanceOf(name);
    const said = Object.fromEntries(Object.entries(facts).map(([fact, { says }]) => [fact, says]));
    for (const { place } of Object.values(facts)) expect(Object.keys(provenance.places)).toContain(place);
    const bodies = Object.entries(operation.requestBody?.content ?? {}).map(([mediaType, { schema }]) => ({
      mediaType,
      requestBody: nameIn(schema.$ref),
    }));
    expect({
      method,
      path,
      server: capture.servers[0]?.url,
      security: { type, scheme },
      products: capture['x-hubspot-product-tier-requirements'],
      ...bodies[0],
    }).toEqual(said);
    expect(bodies.length).toBeLessThanOrEqual(1);
    expect(operation.requestBody?.required ?? true).toBe(true);
  });

  test('the path parameters', () => {
    const used = (operation.parameters ?? []).map(({ $ref }) => capture.components.parameters[nameIn($ref) ?? '']);
    expectStated(
      used.map((parameter): Entry => [
        String(parameter?.name),
        { in: parameter?.in, required: parameter?.required, ...notation(parameter?.schema ?? {}) },
      ]),
      Object.entries(provenanceOf(name).parameters).map(([parameter, said]): Entry => [parameter, stated(said)]),
      `operations.${name}.parameters`,
    );
  });

  test('the replies, each with its schema and headers', () => {
    const captured = Object.entries(operation.responses).map(([status, { content, headers }]): Entry => {
      const [[mediaType, { schema }] = ['', { schema: {} }]] = Object.entries(content);
      expect(mediaType).toBe('application/json');
      const named = Object.entries(headers ?? {}).map(([header, { $ref }]): [string, string] => [
        header,
        typeOf(capture.components.headers[nameIn($ref) ?? '']?.schema ?? {}),
      ]);
      return [status, { schema: nameIn(schema.$ref), headers: Object.fromEntries(named) }];
    });
    const said = Object.entries(provenanceOf(name).responses).map(
      ([status, { schema, headers, place, source }]): Entry => {
        expect(place ?? source).toBeDefined();
        return [status, { schema, headers: headers ?? {} }];
      },
    );
    expectStated(captured, said, `operations.${name}.responses`);
  });
});

describe('the capture says what the page says', () => {
  test('the operations are the same on both sides', () => {
    expect(operations.map(({ name }) => name)).toEqual(Object.keys(provenance.operations));
  });

  test('the schemas are the same on both sides', () => {
    const entriesOf = (schemas: object): [string, object][] => Object.keys(schemas).map((name) => [name, {}]);
    expectStated(entriesOf(capture.components.schemas), entriesOf(provenance.schemas), 'schemas');
  });

  test.each(Object.entries(provenance.schemas))('the members of %s', (name, members) => {
    const { type, properties = {}, required = [], description, ...others } = capture.components.schemas[name] ?? {};
    const captured = Object.entries(properties).map(([member, schema]): Entry => [
      member,
      { ...notation(schema), required: required.includes(member) },
    ]);
    const said = Object.entries(members).map(([member, about]): Entry => [member, stated(about)]);
    expect({ type, others, described: description !== undefined }).toEqual({
      type: 'object',
      others: {},
      described: true,
    });
    expectStated(captured, said, `schemas.${name}`);
    expect(required.filter((member) => !(member in properties))).toEqual([]);
  });

  test('every contradiction of the page is about a member that the capture has', () => {
    for (const { at } of provenance.contradictions) {
      const [schema = '', member = ''] = at.split('.');
      expect(Object.keys(capture.components.schemas[schema]?.properties ?? {})).toContain(member);
    }
  });
});
