import type { operations, StandardError } from '../../generated/schema.js';
import { responses } from '../../generated/validators.js';
import { ContractError } from './errors.js';
import type { Deviation } from './events.js';
import { idOf, isJsonObject, member, type JsonObject } from './json.js';
import { replyIdsOf, type ReplyIds } from './reply-ids.js';

type Responses = operations['batchCreateAssociations']['responses'];

/** The API reports that every pair of the request has been associated. */
export interface CompleteReply extends ReplyIds {
  /** 201, also if the API sent 200, which means the same. `response.status` has the status as sent. */
  readonly status: 201;
  readonly data: Responses[201]['content']['application/json'];
  /** Status and headers as sent; its body has been consumed. */
  readonly response: Response;
}

/** Some pairs were refused: `data.errors` says which and why. It is empty if the API sent no list. */
export interface PartialReply extends ReplyIds {
  readonly status: 207;
  readonly data: Responses[207]['content']['application/json'] & { errors: StandardError[] };
  /** Status and headers as sent; its body has been consumed. */
  readonly response: Response;
}

/** A 2xx reply. After `if (reply.status === 207)` the compiler knows `reply.data.errors`. */
export type BatchCreateReply = CompleteReply | PartialReply;

/** The part of a reply that the outcome of the inputs depends on. */
export interface BatchBody extends JsonObject {
  readonly results: readonly JsonObject[];
}

const idNames = ['fromObjectId', 'toObjectId'] as const;

/**
 * Checks that the outcomes can be determined from the body of a 2xx reply.
 *
 * @throws ContractError when `results` or the ids in it cannot be read.
 */
export function readBatchBody(response: Response, body: unknown): BatchBody {
  const results = member(body, 'results');
  if (!Array.isArray(results)) {
    throw unreadable(response, '/results', results === undefined ? 'is missing' : 'is not a list');
  }
  results.forEach((result: unknown, index) => {
    const problem = problemOf(result);
    if (problem === undefined) return;
    throw unreadable(response, `/results/${String(index)}${problem.pointer}`, problem.message);
  });
  if (isBatchBody(body)) return body;
  throw unreadable(response, '', 'is not the reply of a batch');
}

/**
 * Reads a 2xx reply by its body rather than by its status, since HubSpot has changed the status of full
 * success between 200 and 201 (https://github.com/HubSpot/hubspot-api-nodejs/issues/656). Ids that come as
 * numbers, as in the samples of HubSpot's guide, become the strings that the spec documents. Errors that
 * cannot be read are left out.
 */
export function readReply(response: Response, body: BatchBody): BatchCreateReply {
  const listed = body['errors'];
  const errors = Array.isArray(listed) ? listed.filter(isJsonObject) : [];
  const data = { ...body, results: body.results.map(withStringIds) };
  const ids = replyIdsOf(response.headers);
  if (response.status === 207 || errors.length > 0) {
    const partial = { ...data, errors };
    if (isPartial(partial)) return { status: 207, data: partial, response, ...ids };
  }
  if (isComplete(data)) return { status: 201, data, response, ...ids };
  throw unreadable(response, '', 'is not the reply of a batch');
}

/**
 * Lists how a reply differs from the spec's schema for its status, or for any failure if the status is not
 * documented.
 */
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

function problemOf(result: unknown): Deviation | undefined {
  if (!isJsonObject(result)) return { pointer: '', message: 'is not an object' };
  const name = idNames.find((member) => idOf(result[member]) === undefined);
  if (name === undefined) return undefined;
  return { pointer: `/${name}`, message: result[name] === undefined ? 'is missing' : 'is not an id' };
}

function withStringIds(result: JsonObject): JsonObject {
  const { fromObjectId, toObjectId } = result;
  if (typeof fromObjectId === 'string' && typeof toObjectId === 'string') return result;
  return { ...result, fromObjectId: idOf(fromObjectId), toObjectId: idOf(toObjectId) };
}

function unreadable({ status, headers }: Response, pointer: string, problem: string): ContractError {
  const place = pointer === '' ? 'the body' : pointer;
  return new ContractError(
    `The reply with status ${String(status)} cannot be read: ${place} ${problem}. ` +
      'Whether the pairs of the request were associated is not known.',
    { status, pointer, ...replyIdsOf(headers) },
  );
}

function isBatchBody(body: unknown): body is BatchBody {
  return isJsonObject(body) && Array.isArray(body['results']);
}

/**
 * The part that the outcome of the inputs depends on has been checked by now. The rest is typed as in the
 * spec; `deviationsOf` reports any difference.
 */
function isComplete(data: JsonObject): data is JsonObject & CompleteReply['data'] {
  return Array.isArray(data['results']);
}

function isPartial(data: JsonObject): data is JsonObject & PartialReply['data'] {
  return isComplete(data) && Array.isArray(data.errors);
}
