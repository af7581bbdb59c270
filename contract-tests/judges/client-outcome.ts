import { isJson, isJsonObject, listOf, objectOf } from '../../src/openapi/index.js';
import type { ReplyParts } from '../values/reply-parts.js';
import { token, type RequestParts } from '../values/request-parts.js';
import { clientOf, type CallResult, type ClientCall, type Deviations } from './client-calls.js';
import type { Fetch } from './subject.js';
import { pick, requireEqual, requireThat } from './failure.js';
import type { Subject } from './subject.js';

/** What a call came to. */
export interface CallOutcome {
  readonly result: CallResult | undefined;
  readonly error: unknown;
  readonly deviations: Deviations;
  readonly sent: readonly Request[];
}

/** Calls the client, which gets its reply from `answer`. */
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

/** A reply that conforms becomes what its status says: a typed reply or an ApiError with what the body says. */
export function requireTyped(call: ClientCall, { result, error, deviations }: CallOutcome, reply: ReplyParts): void {
  requireEqual(deviations, [], 'The client reports a reply that conforms to the spec.');
  if (reply.status >= 200 && reply.status < 300) {
    requireThat(result !== undefined, `The client fails with a reply that conforms: ${String(error)}`);
    const expected = call.checks ? expectedReply(reply) : { status: reply.status, data: reply.body };
    requireEqual(result.response.status, reply.status, 'The response has another status.');
    requireEqual({ status: result.status, data: result.data }, expected, 'The client gives another result.');
    return;
  }
  requireRefusal(error, reply);
}

/**
 * The reply of a batch is read by its body: with errors it is a partial one, whatever its number,
 * and a partial one has a list of errors.
 */
function expectedReply({ status, body }: ReplyParts): { status: number; data: unknown } {
  const { errors } = objectOf(body);
  const partial = status === 207 || listOf(errors).length > 0;
  return partial ? { status: 207, data: { ...objectOf(body), errors: errors ?? [] } } : { status: 201, data: body };
}

/** An ApiError with the status, the body and its named members, without the token. */
export function requireRefusal(error: unknown, { status, body, mediaType }: ReplyParts): void {
  requireThat(error instanceof Error, `The client takes a ${String(status)} for a success.`);
  requireEqual(
    pick(error, ['code', 'status']),
    { code: 'API', status },
    `The client fails in another way: ${String(error)}`,
  );
  requireEqual(Reflect.get(error, 'body'), body, 'The error has another body.');
  requireThat(!String(error).includes(token), 'The error shows the token.');
  if (mediaType === undefined || !isJson(mediaType) || !isJsonObject(body)) return;
  for (const name of ['category', 'subCategory', 'correlationId', 'policyName']) {
    const said = typeof body[name] === 'string' ? body[name] : undefined;
    requireEqual(Reflect.get(error, name), said, `The error has another ${name}.`);
  }
}
