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

/** One way in which a live reply differs from the spec. */
export interface Deviation {
  readonly operationId: string;
  readonly status: number;
  readonly keyword: string;
  /** Where in the reply. */
  readonly instance: string;
  /** What was found there: the type of the value, and never the value. */
  readonly found: string;
  /** The schema of that place. */
  readonly schema: Part;
  /** The member, for `required` and for a member that the spec does not know. */
  readonly member?: string;
  /** What the spec should say of it. */
  readonly seen?: unknown;
}

/** How a reply compares with the spec. */
export interface Comparison {
  /** What the spec has for the status. */
  readonly documented: Reply | undefined;
  readonly visited: readonly Visited[];
  readonly deviations: readonly Deviation[];
}

/** Compares a reply with what the spec says of its status, by the generated validators. */
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
  const about = { operationId, status };
  if (documented === undefined || content === undefined) {
    const schema = documented ?? { value: {}, pointer: `${operation?.pointer ?? ''}/responses` };
    const keyword = documented === undefined ? 'status' : 'content';
    const found = (reply.headers['content-type'] ?? 'no media type').split(';')[0] ?? '';
    return { documented, visited: [], deviations: [{ ...about, keyword, instance: '', found, schema }] };
  }
  if (!isJson(content.mediaType)) return { documented, visited: [], deviations: [] };
  const value = parsed(reply.body);
  const visited = visit(document, content.schema, value);
  const broken = brokenRules(operationId, documented.status, value, visited).map((rule) => ({ ...about, ...rule }));
  const unknown = visited.flatMap(unknownMembers).map((rule) => ({ ...about, ...rule }));
  return { documented, visited, deviations: [...broken, ...unknown] };
}

type Rule = Omit<Deviation, 'operationId' | 'status'>;

/** What the generated validator of the status finds wrong. */
function brokenRules(operationId: string, status: string, value: unknown, visited: readonly Visited[]): Rule[] {
  const validator = validatorOf(operationId, status);
  if (validator === undefined || validator(value)) return [];
  return (validator.errors ?? []).flatMap(({ instancePath, keyword, params }) => {
    const place = visited.find(({ instance }) => instance === instancePath);
    if (place === undefined) return [];
    const { schema, shownInstance: instance } = place;
    const member = params['missingProperty'];
    const found = typeof member === 'string' ? `no ${member}` : typeOf(place.value);
    const seen = keyword === 'enum' && isName(place.value) ? place.value : undefined;
    return [{ keyword, instance, found, schema, seen, ...(typeof member === 'string' ? { member } : {}) }];
  });
}

/** Members that the spec allows, and does not know. */
function unknownMembers({ schema, value, shownInstance }: Visited): Rule[] {
  const known = schema.value['properties'];
  if (!isJsonObject(value) || !isJsonObject(known) || 'additionalProperties' in schema.value) return [];
  return Object.entries(value)
    .filter(([name]) => !(name in known))
    .map(([member, found]) => ({
      keyword: 'properties',
      instance: shownInstance,
      found: `${member}, ${typeOf(found)}`,
      schema,
      member,
      seen: shapeOf(found),
    }));
}

/** A validator, whichever type it stands for. */
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

/** A constant of the API, such as PENDING. Any other text may be about somebody. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(value);
}

/** The type of a value as JSON Schema calls it. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'undefined' ? 'no JSON' : typeof value;
}

/** The least that a schema says of a value: its type, and for a list that of its items. */
function shapeOf(value: unknown): object {
  const type = typeOf(value);
  if (!Array.isArray(value) || value.length === 0) return { type };
  return { type, items: { type: typeOf(value[0]) } };
}

/** The types that a schema allows. */
export function documentedTypes(schema: Part): string[] {
  const type = objectOf(schema.value)['type'];
  return [type].flat().filter((name) => typeof name === 'string');
}
