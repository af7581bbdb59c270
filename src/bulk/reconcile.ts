import type { LabelsBetweenObjectPair, StandardError } from '../../generated/schema.js';
import { ApiError, ContractError } from '../client/errors.js';
import { member, stringMember, stringsOf } from '../client/json.js';
import type { BatchCreateReply } from '../client/read-reply.js';
import type { IndexedInput, Outcome } from './outcome.js';

/**
 * Gives each input of a batch its outcome, from the reply to the batch. The API gives no index into
 * the inputs and promises no order, so a result is tied to its input by the pair of ids, and an
 * error by the ids that it names: one error may refuse many inputs, and several one. A pair that
 * the reply confirms is created, whatever else the reply says; one that it does not mention is
 * unconfirmed, whatever its status says.
 */
export function reconcile(
  inputs: readonly IndexedInput[],
  reply: BatchCreateReply,
): { outcomes: Outcome[]; unmatchedErrors: StandardError[] } {
  const { results, errors = [] } = reply.data;
  const confirmed = confirmedPairs(inputs, results);
  const refusals = new Map<IndexedInput, StandardError[]>();
  const unmatchedErrors = errors.filter((error) => {
    const named = inputs.filter((item) => !confirmed.has(pairOf(item)) && names(error, item));
    for (const item of named) refusals.set(item, [...(refusals.get(item) ?? []), error]);
    return named.length === 0;
  });

  const outcomes = inputs.map((item): Outcome => {
    if (confirmed.has(pairOf(item))) return { kind: 'created', ...item };
    const refusal = refusals.get(item);
    if (refusal !== undefined) return { kind: 'failed', ...item, error: refusedPair(item, refusal) };
    return { kind: 'unconfirmed', ...item, error: unmentionedPair(item, reply.response.status) };
  });
  return { outcomes, unmatchedErrors };
}

function pairOf({ input }: IndexedInput): string {
  return `${input.from.id} ${input.to.id}`;
}

/**
 * The API may list each association in both directions. Where two records of different types share
 * an id, the mirrored entry of one pair looks like another pair; so of several directions in one
 * reply only the one that fits the inputs best counts.
 */
function confirmedPairs(
  inputs: readonly IndexedInput[],
  results: readonly LabelsBetweenObjectPair[],
): ReadonlySet<string> {
  const sent = new Set(inputs.map(pairOf));
  const directions = new Map<string, { pairs: Set<string>; fitting: number; all: number }>();
  for (const result of results) {
    const direction = `${result.fromObjectTypeId} ${result.toObjectTypeId}`;
    const group = directions.get(direction) ?? { pairs: new Set<string>(), fitting: 0, all: 0 };
    const pair = `${result.fromObjectId} ${result.toObjectId}`;
    directions.set(direction, group);
    group.all += 1;
    if (!sent.has(pair)) continue;
    group.fitting += 1;
    group.pairs.add(pair);
  }
  const [best] = [...directions.values()].sort((a, b) => b.fitting / b.all - a.fitting / a.all);
  return best?.pairs ?? new Set();
}

/** Whether an error is about an input, by the side and the ids that its context names. */
function names(error: StandardError, { input }: IndexedInput): boolean {
  const context = member(error, 'context');
  const from = stringsOf(member(context, 'fromObjectId'));
  const to = stringsOf(member(context, 'toObjectId'));
  if (from.length > 0 || to.length > 0) {
    return (from.length === 0 || from.includes(input.from.id)) && (to.length === 0 || to.includes(input.to.id));
  }
  const ids = stringsOf(member(context, 'id'));
  const kind = stringMember(error, 'subCategory') ?? '';
  if (/\bFROM_/.test(kind)) return ids.includes(input.from.id);
  if (/\bTO_/.test(kind)) return ids.includes(input.to.id);
  return ids.includes(input.from.id) || ids.includes(input.to.id);
}

function refusedPair({ input }: IndexedInput, errors: StandardError[]): ApiError {
  const [first] = errors;
  const reasons = [...new Set(errors.map((error) => stringMember(error, 'message') ?? 'no reason given'))];
  return new ApiError(`The API refused ${input.from.id} → ${input.to.id}: ${reasons.join('; ')}.`, {
    status: 207,
    category: stringMember(first, 'category'),
    subCategory: stringMember(first, 'subCategory'),
    body: first,
    errors,
  });
}

function unmentionedPair({ input }: IndexedInput, status: number): ContractError {
  return new ContractError(
    `The reply with status ${String(status)} neither confirms nor refuses ${input.from.id} → ${input.to.id}. ` +
      'Sending the pair again changes nothing if it is associated already.',
    { status, pointer: '/results' },
  );
}
