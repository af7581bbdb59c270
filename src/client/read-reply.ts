import type { operations, StandardError } from '../../generated/schema.js';
import { responses } from '../../generated/validators.js';
import { ContractError } from './errors.js';
import type { Deviation } from './events.js';
import { isJsonObject, member, type JsonObject } from './json.js';

type Responses = operations['batchCreateAssociations']['responses'];

/** Every pair of the request has been associated, as far as the API says. */
export interface CompleteReply {
  /** 201, also where the API said 200: the two mean the same. `response.status` has the number sent. */
  readonly status: 201;
  readonly data: Responses[201]['content']['application/json'];
  readonly response: Response;
}

/** Something was refused: `data.errors` says what and why, and is empty where the API gave no list. */
export interface PartialReply {
  readonly status: 207;
  readonly data: Responses[207]['content']['application/json'] & { errors: StandardError[] };
  readonly response: Response;
}

/** A 2xx reply. After `if (reply.status === 207)` the compiler knows `reply.data.errors`. */
export type BatchCreateReply = CompleteReply | PartialReply;

/**
 * Reads a 2xx reply by its body rather than by its number, since HubSpot has moved full success
 * between 200 and 201 (https://github.com/HubSpot/hubspot-api-nodejs/issues/656). Ids that come as
 * numbers, as in the samples of HubSpot's guide, become the strings that the spec documents.
 *
 * @param body - The parsed body; it is not changed.
 * @throws ContractError when `results` or the ids in it cannot be read. Errors that cannot be read are left out.
 */
export function readReply(response: Response, body: unknown): BatchCreateReply {
  const results = listIn(response, body, 'results').map((result, index) => withStringIds(response, result, index));
  const listed = member(body, 'errors');
  const errors = Array.isArray(listed) ? listed.filter(isJsonObject) : [];
  const data = { ...(isJsonObject(body) ? body : {}), results };
  if (response.status === 207 || errors.length > 0) {
    const partial = { ...data, errors };
    if (isPartial(partial)) return { status: 207, data: partial, response };
  }
  if (isComplete(data)) return { status: 201, data, response };
  throw unreadable(response, '', 'is not the reply of a batch');
}

/** Where a reply differs from what the spec says of its status, or else of any failure. */
export function deviationsOf(status: number, body: unknown): Deviation[] {
  const byStatus: Readonly<
    Record<string, (typeof responses.batchCreateAssociations)[keyof typeof responses.batchCreateAssociations]>
  > = responses.batchCreateAssociations;
  const validator = byStatus[String(status)] ?? (status >= 300 ? byStatus['default'] : undefined);
  if (validator === undefined) {
    return [{ pointer: '', message: `the spec has no reply with status ${String(status)}` }];
  }
  if (validator(body)) return [];
  return (validator.errors ?? []).map((error) => ({
    pointer: error.instancePath,
    message: error.message ?? error.keyword,
  }));
}

function listIn(response: Response, body: unknown, name: string): JsonObject[] {
  const list = member(body, name);
  if (!Array.isArray(list)) throw unreadable(response, `/${name}`, list === undefined ? 'is missing' : 'is not a list');
  return list.map((item: unknown, index) => {
    if (isJsonObject(item)) return item;
    throw unreadable(response, `/${name}/${String(index)}`, 'is not an object');
  });
}

function withStringIds(response: Response, result: JsonObject, index: number): JsonObject {
  const ids = ['fromObjectId', 'toObjectId'].map((name) => {
    const id = result[name];
    if (typeof id === 'string') return [name, id] as const;
    if (typeof id === 'number' && Number.isSafeInteger(id)) return [name, String(id)] as const;
    throw unreadable(response, `/results/${String(index)}/${name}`, id === undefined ? 'is missing' : 'is not an id');
  });
  return { ...result, ...Object.fromEntries(ids) };
}

function unreadable(response: Response, pointer: string, problem: string): ContractError {
  const place = pointer === '' ? 'the body' : pointer;
  return new ContractError(
    `The reply with status ${String(response.status)} cannot be read: ${place} ${problem}. ` +
      'Whether the pairs of the request were associated is not known.',
    { status: response.status, pointer },
  );
}

/**
 * What the outcome of the inputs depends on has been read by now. The rest is typed as the spec
 * has it; where a reply differs from that, `deviationsOf` says so.
 */
function isComplete(data: JsonObject): data is JsonObject & CompleteReply['data'] {
  return Array.isArray(data['results']);
}

function isPartial(data: JsonObject): data is JsonObject & PartialReply['data'] {
  return isComplete(data) && Array.isArray(data.errors);
}
