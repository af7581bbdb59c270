import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'yaml';
import {
  at,
  child,
  children,
  follow,
  lastStep,
  listOf,
  objectOf,
  operationsOf,
  parseSource,
  valueAt,
  type JsonObject,
  type Operation,
  type Parameter,
  type Part,
  type YamlSource,
} from '../../openapi/index.js';
import type { Notation } from '../page/notation.js';

/** The files that are compared and patched, relative to the project root. */
export const captureFile = 'openapi/associations.yaml';
export const provenanceFile = 'openapi/provenance.yaml';

/** An object schema in the capture. */
export interface CapturedObject {
  /** The name of the component. */
  readonly schema: string;
  readonly line: number;
  readonly members: ReadonlyMap<string, CapturedMember>;
}

/** A member of an object, or a parameter. */
export interface CapturedMember {
  readonly name: string;
  /** The component that declares the member, or the component of the parameter itself. */
  readonly schema: string;
  readonly type: Notation;
  readonly values: readonly string[];
  readonly required: boolean;
  readonly line: number;
  /** The line of the `required` keyword. */
  readonly requiredLine: number;
  /** The object schema of the member, or of its array elements; absent for maps and scalars. */
  readonly object?: CapturedObject;
  /** Whether the member is a map with arbitrary keys. */
  readonly isMap: boolean;
  /** The place on the page, according to provenance.yaml. */
  readonly place: string | undefined;
}

/** An operation of the capture, in the terms of a documentation page. */
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
  /** The status of the documented reply, such as 201. */
  readonly status: string;
  readonly statuses: readonly string[];
  /** If the page states a fact twice, differently: the other value. */
  readonly elsewhere: Readonly<Record<'path' | 'method' | 'mediaType', string | undefined>>;
  readonly products: ReadonlyMap<string, string>;
  readonly modified: string;
  /** Contradictions of the page that provenance.yaml records: `Schema.member: sentence`. */
  readonly contradictions: ReadonlySet<string>;
  /** The line of a path in either file. */
  lineOf(file: typeof captureFile | typeof provenanceFile, path: readonly (string | number)[]): number;
}

/** Reads the operations of the capture, with their entries in provenance.yaml. */
export function readCaptures(root: string): readonly [Capture, ...Capture[]] {
  const read = (file: string): YamlSource => parseSource(readFileSync(join(root, file), 'utf8'));
  const sources = { [captureFile]: read(captureFile), [provenanceFile]: read(provenanceFile) };
  const documents = { capture: sources[captureFile].document, provenance: sources[provenanceFile].document };
  const spec = objectOf(documents.capture.toJS());
  const reader = new CaptureReader(spec, objectOf(documents.provenance.toJS()), sources[captureFile]);
  const [first, ...others] = operationsOf(spec).map((operation) => ({
    documents,
    lineOf: (file: keyof typeof sources, path: Path) => sources[file].lineAt(at('', ...path)),
    ...reader.read(operation),
  }));
  if (first === undefined) throw new Error(`${captureFile} has no operations.`);
  return [first, ...others];
}

type Path = readonly (string | number)[];

class CaptureReader {
  readonly #spec: JsonObject;
  readonly #provenance: JsonObject;
  readonly #source: YamlSource;

  constructor(spec: JsonObject, provenance: JsonObject, source: YamlSource) {
    this.#spec = spec;
    this.#provenance = provenance;
    this.#source = source;
  }

  read({
    operationId,
    method,
    path,
    parameters,
    body,
    replies,
    security,
  }: Operation): Omit<Capture, 'documents' | 'lineOf'> {
    const spec = this.#spec;
    const reply = replies.find(({ status }) => status.startsWith('2'));
    const content = body?.contents[0];
    const facts = valueAt(this.#provenance, at('/operations', operationId, 'facts'));
    const elsewhere = (fact: string): string | undefined =>
      text(valueAt(facts, at('', fact, 'elsewhere'))) || undefined;
    const contradictions = listOf(this.#provenance['contradictions']).map(objectOf);
    return {
      operationId,
      method,
      path,
      status: reply?.status ?? '200',
      statuses: replies.map(({ status }) => status),
      mediaType: content?.mediaType ?? '',
      elsewhere: { path: elsewhere('path'), method: elsewhere('method'), mediaType: elsewhere('mediaType') },
      server: text(valueAt(spec, '/servers/0/url')),
      scheme: text(security[0]?.[0]?.value['scheme']),
      parameters: parameters.map((parameter) => this.#parameter(parameter)),
      body: this.#object(content?.schema),
      reply: this.#object(reply?.contents[0]?.schema),
      products: new Map(
        Object.entries(objectOf(spec['x-hubspot-product-tier-requirements'])).map(([name, tier]) => [name, text(tier)]),
      ),
      modified: text(valueAt(this.#provenance, '/page/modified')),
      contradictions: new Set(contradictions.map((known) => `${text(known['at'])}: ${text(known['page'])}`)),
    };
  }

  #parameter({ name, in: place, schema, required, pointer }: Parameter): CapturedMember & { in: string } {
    return {
      name,
      in: place,
      schema: lastStep(pointer),
      type: notation(schema.value),
      values: listOf(schema.value['enum']).map(text),
      required,
      line: this.#source.lineAt(pointer),
      requiredLine: this.#source.lineAt(at(pointer, 'required')),
      isMap: false,
      place: undefined,
    };
  }

  #object(part: Part = { value: {}, pointer: '' }): CapturedObject {
    const { pointer } = part;
    const schema = lastStep(pointer);
    const required = listOf(part.value['required']);
    const members = children(child(part, 'properties')).map(([name, node]): [string, CapturedMember] => {
      const member = objectOf(node.value);
      const inner = child(node, 'items') ?? node;
      const place = valueAt(this.#provenance, at('/schemas', schema, name, 'place'));
      return [
        name,
        {
          name,
          schema,
          type: notation(member),
          values: listOf(member['enum']).map(text),
          required: required.includes(name),
          line: this.#source.lineAt(node.pointer),
          requiredLine: this.#source.lineAt(at(pointer, 'required')),
          isMap: member['additionalProperties'] !== undefined,
          place: typeof place === 'string' ? place : undefined,
          ...(child(inner, '$ref') === undefined ? {} : { object: this.#object(follow(this.#spec, inner)) }),
        },
      ];
    });
    return { schema, line: this.#source.lineAt(pointer), members: new Map(members) };
  }
}

/** A schema in the notation of the page. */
function notation(schema: JsonObject): Notation {
  if (schema['$ref'] !== undefined) return { base: 'object', isEnum: false, depth: 0 };
  if (schema['type'] === 'array') {
    const items = notation(objectOf(schema['items']));
    return { ...items, depth: items.depth + 1 };
  }
  const base = text(schema['type']);
  const format = schema['format'] === undefined ? {} : { format: text(schema['format']) };
  return { base, isEnum: schema['enum'] !== undefined, depth: 0, ...format };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
