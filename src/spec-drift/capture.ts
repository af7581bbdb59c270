import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Notation } from './notation.js';

/** The files that a comparison reads and a patch changes, below the root of the project. */
export const captureFile = 'openapi/associations.yaml';
export const provenanceFile = 'openapi/provenance.yaml';

/** An object schema of the capture. */
export interface CapturedObject {
  /** The component's name. */
  readonly schema: string;
  readonly line: number;
  readonly members: ReadonlyMap<string, CapturedMember>;
}

/** A member of an object, or a parameter. */
export interface CapturedMember {
  readonly name: string;
  /** The component that declares it; of a parameter, its own. */
  readonly schema: string;
  readonly type: Notation;
  readonly values: readonly string[];
  readonly required: boolean;
  readonly line: number;
  /** The line that lists what is required. */
  readonly requiredLine: number;
  /** What the member, or each element of it, is made of; absent for maps and plain values. */
  readonly object?: CapturedObject;
  /** Whether it is a map, from any key to a value. */
  readonly isMap: boolean;
  /** Where provenance.yaml says that the page has it. */
  readonly place: string | undefined;
}

/** An operation of the capture, as a page documents it. */
export interface Capture {
  readonly documents: { readonly capture: Document; readonly provenance: Document };
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly server: string;
  readonly mediaType: string;
  readonly scheme: string;
  readonly parameters: readonly (CapturedMember & { readonly in: string })[];
  readonly body: CapturedObject;
  readonly reply: CapturedObject;
  /** The documented reply, such as 201. */
  readonly status: string;
  readonly statuses: readonly string[];
  /** Where the page contradicts itself in a fact: what it says in the other place. */
  readonly elsewhere: Readonly<Record<'path' | 'method' | 'mediaType', string | undefined>>;
  readonly products: ReadonlyMap<string, string>;
  readonly modified: string;
  /** What provenance.yaml says that the page contradicts itself in: `Schema.member: sentence`. */
  readonly contradictions: ReadonlySet<string>;
  /** The line of a place in either file. */
  lineOf(file: typeof captureFile | typeof provenanceFile, path: readonly (string | number)[]): number;
}

/** Reads the operations of the capture, and what provenance.yaml says of them. */
export function readCaptures(root: string): readonly [Capture, ...Capture[]] {
  const lines = { [captureFile]: new LineCounter(), [provenanceFile]: new LineCounter() };
  const read = (file: keyof typeof lines): Document =>
    parseDocument(readFileSync(join(root, file), 'utf8'), { merge: true, lineCounter: lines[file] });
  const capture = read(captureFile);
  const provenance = read(provenanceFile);
  const lineOf: Capture['lineOf'] = (file, path) => {
    const node = keyOrValue(file === captureFile ? capture : provenance, path);
    return lines[file].linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0).line;
  };
  const reader = new CaptureReader(capture, provenance, (path) => lineOf(captureFile, path));
  const [first, ...others] = reader.operations().map((operation) => ({
    documents: { capture, provenance },
    lineOf,
    ...reader.read(operation),
  }));
  if (first === undefined) throw new Error(`${captureFile} has no operation.`);
  return [first, ...others];
}

/** The key where there is one, since its line is what a reader looks for. */
function keyOrValue(document: Document, path: readonly (string | number)[]): unknown {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const resolved = isMap(parent) ? parent : undefined;
  const pair = resolved?.items.find(({ key }) => String(key) === String(path.at(-1)));
  return pair?.key ?? document.getIn(path, true);
}

type Path = readonly (string | number)[];

class CaptureReader {
  readonly #provenance: Record<string, unknown>;
  readonly #spec: Record<string, unknown>;
  readonly #lineOf: (path: Path) => number;

  constructor(capture: Document, provenance: Document, lineOf: (path: Path) => number) {
    this.#spec = record(capture.toJS());
    this.#provenance = record(provenance.toJS());
    this.#lineOf = lineOf;
  }

  operations(): { path: string; method: string }[] {
    return Object.entries(record(this.#spec['paths'])).flatMap(([path, methods]) =>
      Object.keys(record(methods)).map((method) => ({ path, method })),
    );
  }

  read({ path, method }: { path: string; method: string }): Omit<Capture, 'documents' | 'lineOf'> {
    const spec = this.#spec;
    const operation = record(this.#at(['paths', path, method]));
    const responses = record(operation['responses']);
    const statuses = Object.keys(responses);
    const status = statuses.find((name) => name.startsWith('2')) ?? '200';
    const [mediaType = '', content] = Object.entries(record(record(operation['requestBody'])['content']))[0] ?? [];
    const [, answered] = Object.entries(record(record(responses[status])['content']))[0] ?? [];
    const [scheme] = Object.values(record(record(spec['components'])['securitySchemes']));
    const facts = record(record(record(this.#provenance['operations'])[text(operation['operationId'])])['facts']);
    const elsewhere = (fact: string): string | undefined => text(record(facts[fact])['elsewhere']) || undefined;
    const contradictions = list(this.#provenance['contradictions']).map(record);
    return {
      operationId: text(operation['operationId']),
      method,
      path,
      status,
      statuses,
      mediaType,
      elsewhere: { path: elsewhere('path'), method: elsewhere('method'), mediaType: elsewhere('mediaType') },
      server: text(record(list(spec['servers'])[0])['url']),
      scheme: text(record(scheme)['scheme']),
      parameters: list(operation['parameters']).map((parameter) => this.#parameter(nameIn(parameter))),
      body: this.#object(nameIn(record(content)['schema'])),
      reply: this.#object(nameIn(record(answered)['schema'])),
      products: new Map(
        Object.entries(record(spec['x-hubspot-product-tier-requirements'])).map(([name, tier]) => [name, text(tier)]),
      ),
      modified: text(record(this.#provenance['page'])['modified']),
      contradictions: new Set(contradictions.map(({ at, page }) => `${text(at)}: ${text(page)}`)),
    };
  }

  #parameter(name: string): CapturedMember & { in: string } {
    const path = ['components', 'parameters', name];
    const parameter = record(this.#at(path));
    const schema = record(parameter['schema']);
    const line = this.#lineOf(path);
    return {
      name: text(parameter['name']),
      in: text(parameter['in']),
      schema: name,
      type: notation(schema),
      values: list(schema['enum']).map(text),
      required: parameter['required'] === true,
      line,
      requiredLine: this.#lineOf([...path, 'required']),
      isMap: false,
      place: undefined,
    };
  }

  #object(schema: string): CapturedObject {
    const path = ['components', 'schemas', schema];
    const { properties, required } = record(this.#at(path));
    const places = record(record(this.#provenance['schemas'])[schema]);
    const members = Object.entries(record(properties)).map(([name, value]): [string, CapturedMember] => {
      const member = record(value);
      const inner = record(member['items'] ?? member);
      const of = inner['$ref'] === undefined ? undefined : nameIn(inner);
      return [
        name,
        {
          name,
          schema,
          type: notation(member),
          values: list(member['enum']).map(text),
          required: list(required).includes(name),
          line: this.#lineOf([...path, 'properties', name]),
          requiredLine: this.#lineOf([...path, 'required']),
          isMap: member['additionalProperties'] !== undefined,
          place: typeof record(places[name])['place'] === 'string' ? text(record(places[name])['place']) : undefined,
          ...(of === undefined ? {} : { object: this.#object(of) }),
        },
      ];
    });
    return { schema, line: this.#lineOf(path), members: new Map(members) };
  }

  #at(path: Path): unknown {
    return path.reduce<unknown>((value, key) => record(value)[key], this.#spec);
  }
}

/** The page's notation of a schema. */
function notation(schema: Record<string, unknown>): Notation {
  if (schema['$ref'] !== undefined) return { base: 'object', isEnum: false, depth: 0 };
  if (schema['type'] === 'array') {
    const items = notation(record(schema['items']));
    return { ...items, depth: items.depth + 1 };
  }
  const base = text(schema['type']);
  const format = schema['format'] === undefined ? {} : { format: text(schema['format']) };
  return { base, isEnum: schema['enum'] !== undefined, depth: 0, ...format };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The last part of a reference. */
function nameIn(value: unknown): string {
  return text(record(value)['$ref']).split('/').at(-1) ?? '';
}
