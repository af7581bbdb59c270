import { isJson, isJsonObject, listOf, objectOf } from '../../src/openapi/index.js';
import type { ReplyParts } from '../values/reply-parts.js';
import { token, type RequestParts } from '../values/request-parts.js';
import { clientOf, type CallResult, type ClientCall, type Deviations } from './client-calls.js';
import type { Fetch } from './subject.js';
import { pick, requireEqual, requireThat } from './failure.js';
import type { Subject } from './subject.js';

/** The outcome of a call. */
export interface CallOutcome {
  readonly result: CallResult | undefined;
  readonly error: unknown;
  readonly deviations: Deviations;
  readonly sent: readonly Request[];
}

/** Calls the client; `answer` returns the reply. */
export async function outcomeOf(
  subject: Subject,
  call: ClientCall,
  parts: RequestParts,
  answer: Fetch,
): Promise<CallOutcome> {
  const sent: Request[] = [];
  const { client, deviations } = clientOf(subject, (request) => {
    sent.push(request.clone());
    return answer(request);
  });
  const settled = await call.send(client, parts).then(
    (result) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  );
  return { ...settled, deviations: deviations(), sent };
}

/** A valid reply becomes a typed result or an ApiError, depending on its status. */
export function requireTyped(call: ClientCall, { result, error, deviations }: CallOutcome, reply: ReplyParts): void {
  requireEqual(deviations, [], 'The client reported deviations in a reply that conforms to the spec.');
  if (reply.status >= 200 && reply.status < 300) {
    requireThat(result !== undefined, `The client failed on a reply that conforms to the spec: ${String(error)}`);
    const expected = call.validates ? expectedReply(reply) : { status: reply.status, data: reply.body };
    requireEqual(result.response.status, reply.status, 'The response has the wrong status.');
    requireEqual({ status: result.status, data: result.data }, expected, 'The client returned the wrong result.');
    return;
  }
  requireRefusal(error, reply);
}

/**
 * The body decides whether a batch reply is partial: one with errors is, whatever its status.
 * A partial result always has a list of errors.
 */
function expectedReply({ status, body }: ReplyParts): { status: number; data: unknown } {
  const { errors } = objectOf(body);
  const partial = status === 207 || listOf(errors).length > 0;
  return partial ? { status: 207, data: { ...objectOf(body), errors: errors ?? [] } } : { status: 201, data: body };
}

/** Requires an ApiError with the status, body and named members of the reply, and without the token. */
export function requireRefusal(error: unknown, { status, body, mediaType }: ReplyParts): void {
  requireThat(error instanceof Error, `The client treated status ${String(status)} as a success.`);
  requireEqual(
    pick(error, ['code', 'status']),
    { code: 'API', status },
    `The client failed with another error: ${String(error)}`,
  );
  requireEqual(Reflect.get(error, 'body'), body, 'The error has the wrong body.');
  requireThat(!String(error).includes(token), 'The error exposed the token.');
  if (mediaType === undefined || !isJson(mediaType) || !isJsonObject(body)) return;
  for (const name of ['category', 'subCategory', 'correlationId', 'policyName']) {
    const expected = typeof body[name] === 'string' ? body[name] : undefined;
    requireEqual(Reflect.get(error, name), expected, `The error has the wrong ${name}.`);
  }
}
