import type { StandardError } from '../../generated/schema.js';
import type { RawReply } from '../client/create-client.js';
import { ApiError, ContractError } from '../client/errors.js';
import { stringMember } from '../client/json.js';
import type { ReplyIds } from '../client/reply-ids.js';
import { confirmedPairs, type SentPairs } from './confirmed-pairs.js';
import type { ObjectTypes } from './direction.js';
import { matchErrors } from './match-errors.js';
import type { NotCreated, Verdicts } from './outcome.js';

/** What a reply says about the sent pairs. */
export interface Reconciled {
  readonly notCreated: Verdicts;
  /** The places of pairs that the reply does not mention, which are unconfirmed. */
  readonly unmentioned: readonly number[];
  /** Refusals that name no pair of the request. */
  readonly unmatchedErrors: readonly StandardError[];
}

/**
 * Determines the outcome of each pair from the reply. A pair is created when a result confirms it and no
 * error names it by side; failed when an error names it; and unconfirmed when the reply does not mention
 * it, whatever its status says.
 *
 * @param isInOrder - Whether the results are known to match all pairs, in the same order.
 */
export function reconcile(
  sent: SentPairs,
  reply: Pick<RawReply, 'status' | 'body'> & Partial<ReplyIds>,
  types: ObjectTypes,
  isInOrder = false,
): Reconciled {
  const isConfirmed = confirmedPairs(sent, reply.body, types, isInOrder);
  const { errorsOf, unmatchedErrors } = matchErrors(sent, reply.body['errors'], types, isConfirmed);
  const notCreated = new Map<number, NotCreated>();
  const unmentioned: number[] = [];
  for (let place = 0; place < sent.from.length; place += 1) {
    const errors = errorsOf(place);
    if (errors.length > 0) {
      notCreated.set(place, { kind: 'failed', error: refused(nameOf(sent, place), errors, reply) });
    } else if (!isConfirmed(place)) {
      notCreated.set(place, { kind: 'unconfirmed', error: notMentioned(nameOf(sent, place), reply) });
      unmentioned.push(place);
    }
  }
  return { notCreated, unmentioned, unmatchedErrors };
}

/**
 * The maximum length of a reason in a message, in characters. One error may refuse all pairs of a request,
 * so its message may be very long.
 */
const longestReason = 300;

function reasonOf(error: StandardError): string {
  const message = stringMember(error, 'message') ?? 'no reason given';
  return message.length > longestReason ? `${message.slice(0, longestReason)}…` : message;
}

function nameOf({ from, to }: SentPairs, place: number): string {
  return `${from[place] ?? ''} → ${to[place] ?? ''}`;
}

function refused(pair: string, errors: readonly StandardError[], ids: Partial<ReplyIds>): ApiError {
  const [first] = errors;
  const reasons = [...new Set(errors.map(reasonOf))];
  const more = reasons.length > 3 ? `; and ${String(reasons.length - 3)} more reasons` : '';
  return new ApiError(`The API refused ${pair}: ${reasons.slice(0, 3).join('; ')}${more}.`, {
    status: 207,
    category: stringMember(first, 'category'),
    subCategory: stringMember(first, 'subCategory'),
    correlationId: ids.correlationId,
    requestId: ids.requestId,
    body: first,
    errors,
  });
}

function notMentioned(
  pair: string,
  { status, correlationId, requestId }: Partial<ReplyIds> & { status: number },
): ContractError {
  return new ContractError(
    `The reply with status ${String(status)} neither confirms nor refuses ${pair}. ` +
      'Sending the pair again changes nothing if it is associated already.',
    { status, pointer: '/results', correlationId, requestId },
  );
}
