import { responses } from '../../generated/validators.js';
import type { Exchange } from '../judges/exchange.js';
import {
  isJson,
  isJsonObject,
  objectOf,
  operationsOf,
  type JsonObject,
  type Part,
  type Reply,
} from '../../src/openapi/index.js';
import { visit, type Visited } from './visit.js';

/** A difference between a live reply and the spec. */
export interface Deviation {
  readonly operationId: string;
  readonly status: number;
  readonly keyword: string;
  /** JSON pointer into the reply. */
  readonly instance: string;
  /** The type of the value found there, never the value itself. */
  readonly found: string;
  /** The schema of the place. */
  readonly schema: Part;
  /** The missing or unknown member. */
  readonly member?: string;
  /** What to add to the spec: the enum value, or the schema of the member. */
  readonly proposed?: unknown;
}

/** A reply compared with the spec. */
export interface Comparison {
  /** The documented reply of the status. */
  readonly documented: Reply | undefined;
  readonly visited: readonly Visited[];
  readonly deviations: readonly Deviation[];
}

/** Compares a reply with the documented reply of its status, using the generated validators. */
export function compareReply(
  document: JsonObject,
  operationId: string,
  reply: NonNullable<Exchange['reply']>,
): Comparison {
  const { status } = reply;
  const operation = operationsOf(document).find((candidate) => candidate.operationId === operationId);
  const documented =
    operation?.replies.find((candidate) => candidate.status === String(status)) ??
    operation?.replies.find((candidate) => candidate.status === 'default');
  const content = documented?.contents.find(({ mediaType }) => sameMediaType(mediaType, reply.headers['content-type']));
  const base = { operationId, status };
  if (documented === undefined || content === undefined) {
    const schema = documented ?? { value: {}, pointer: `${operation?.pointer ?? ''}/responses` };
    const keyword = documented === undefined ? 'status' : 'content';
    const found = (reply.headers['content-type'] ?? 'no media type').split(';')[0] ?? '';
    return { documented, visited: [], deviations: [{ ...base, keyword, instance: '', found, schema }] };
  }
  if (!isJson(content.mediaType)) return { documented, visited: [], deviations: [] };
  const value = parsed(reply.body);
  const visited = visit(document, content.schema, value);
  const broken = brokenRules(operationId, documented.status, value, visited).map((rule) => ({ ...base, ...rule }));
  const unknown = visited.flatMap(unknownMembers).map((rule) => ({ ...base, ...rule }));
  return { documented, visited, deviations: [...broken, ...unknown] };
}

type Rule = Omit<Deviation, 'operationId' | 'status'>;

/** The errors of the generated validator. */
function brokenRules(operationId: string, status: string, value: unknown, visited: readonly Visited[]): Rule[] {
  const validator = validatorOf(operationId, status);
  if (validator === undefined || validator(value)) return [];
  return (validator.errors ?? []).flatMap(({ instancePath, keyword, params }) => {
    const place = visited.find(({ instance }) => instance === instancePath);
    if (place === undefined) return [];
    const { schema, redactedInstance: instance } = place;
    const member = params['missingProperty'];
    const found = typeof member === 'string' ? `no ${member}` : typeOf(place.value);
    const proposed = keyword === 'enum' && isConstant(place.value) ? place.value : undefined;
    return [{ keyword, instance, found, schema, proposed, ...(typeof member === 'string' ? { member } : {}) }];
  });
}

/** Members that the spec allows but does not document. */
function unknownMembers({ schema, value, redactedInstance }: Visited): Rule[] {
  const known = schema.value['properties'];
  if (!isJsonObject(value) || !isJsonObject(known) || 'additionalProperties' in schema.value) return [];
  return Object.entries(value)
    .filter(([name]) => !(name in known))
    .map(([member, found]) => ({
      keyword: 'properties',
      instance: redactedInstance,
      found: `${member}, ${typeOf(found)}`,
      schema,
      member,
      proposed: schemaOf(found),
    }));
}

/** A validator of any type. */
interface AnyValidator {
  (value: unknown): boolean;
  readonly errors?:
    readonly { instancePath: string; keyword: string; params: Readonly<Record<string, unknown>> }[] | null;
}

function validatorOf(operationId: string, status: string): AnyValidator | undefined {
  const all: Readonly<Record<string, Readonly<Record<string, AnyValidator>>>> = responses;
  return all[operationId]?.[status];
}

function sameMediaType(documented: string, received = ''): boolean {
  return received.split(';')[0]?.trim().toLowerCase() === documented.toLowerCase();
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whether a text is a constant of the API, such as PENDING. Any other text may be personal data. */
function isConstant(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(value);
}

/** The type of a value in JSON Schema. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'undefined' ? 'no JSON' : typeof value;
}

/** A minimal schema: the type of the value and, for a list, the type of its items. */
function schemaOf(value: unknown): object {
  const type = typeOf(value);
  if (!Array.isArray(value) || value.length === 0) return { type };
  return { type, items: { type: typeOf(value[0]) } };
}

/** The types that a schema allows. */
export function documentedTypes(schema: Part): string[] {
  const type = objectOf(schema.value)['type'];
  return [type].flat().filter((name) => typeof name === 'string');
}
