import type { StandardError } from '../../generated/schema.js';
import { ApiError, ContractError } from '../client/errors.js';
import { member, stringMember } from '../client/json.js';
import type { BatchCreateReply } from '../client/read-reply.js';
import { resultsOfDirection, sideOf, type ObjectTypes, type Side } from './direction.js';
import type { IndexedInput, Outcome } from './outcome.js';
import { pairKey } from './pair-key.js';

/**
 * Gives each input of a batch its outcome, from the reply to the batch. The API gives no index into
 * the inputs and promises no order, so a result is tied to its input by the pair of ids, and an
 * error by the ids that it names: one error may refuse many inputs, and several one.
 *
 * A pair is created when a result confirms it and no error names it by side; failed when an error
 * names it; and unconfirmed when the reply does not mention it, whatever its status says.
 */
export function reconcile(
  inputs: readonly IndexedInput[],
  reply: BatchCreateReply,
  types: ObjectTypes,
): { outcomes: Outcome[]; unmatchedErrors: StandardError[] } {
  const { results, errors = [] } = reply.data;
  const sent = new Set(inputs.map(({ input }) => pairKey(input.from.id, input.to.id)));
  const wasSent = (result: (typeof results)[number]): boolean =>
    sent.has(pairKey(result.fromObjectId, result.toObjectId));
  const confirmed = new Set(
    resultsOfDirection(results, types, wasSent).map(({ fromObjectId, toObjectId }) =>
      pairKey(fromObjectId, toObjectId),
    ),
  );
  const { refusals, unmatchedErrors } = matchErrors(inputs, errors, types, (item) =>
    confirmed.has(pairKey(item.input.from.id, item.input.to.id)),
  );

  const outcomes = inputs.map((item): Outcome => {
    const { index, input } = item;
    const refusal = refusals.get(item);
    if (refusal !== undefined) return { kind: 'failed', index, input, error: refusedPair(item, refusal) };
    if (confirmed.has(pairKey(input.from.id, input.to.id))) return { kind: 'created', index, input };
    return { kind: 'unconfirmed', index, input, error: unmentionedPair(item, reply.response.status) };
  });
  return { outcomes, unmatchedErrors };
}

function matchErrors(
  inputs: readonly IndexedInput[],
  errors: readonly StandardError[],
  types: ObjectTypes,
  isConfirmed: (item: IndexedInput) => boolean,
): { refusals: Map<IndexedInput, StandardError[]>; unmatchedErrors: StandardError[] } {
  const bySide = { from: indexById(inputs, 'from'), to: indexById(inputs, 'to') };
  const refusals = new Map<IndexedInput, StandardError[]>();
  const unmatchedErrors: StandardError[] = [];
  // The API may repeat one error for every pair that it is about; once is enough.
  const distinct = new Map(errors.map((error) => [JSON.stringify(error), error]));
  for (const error of distinct.values()) {
    const named = namedInputs(error, bySide, types, isConfirmed);
    for (const item of named) {
      const known = refusals.get(item);
      if (known === undefined) refusals.set(item, [error]);
      else known.push(error);
    }
    if (named.length === 0) unmatchedErrors.push(error);
  }
  return { refusals, unmatchedErrors };
}

type InputsById = ReadonlyMap<string, readonly IndexedInput[]>;

function indexById(inputs: readonly IndexedInput[], side: Side): InputsById {
  const index = new Map<string, IndexedInput[]>();
  for (const item of inputs) {
    const { id } = item.input[side];
    const others = index.get(id);
    if (others === undefined) index.set(id, [item]);
    else others.push(item);
  }
  return index;
}

/** The inputs that an error is about, by the sides and the ids that its context names. */
function namedInputs(
  error: StandardError,
  bySide: Readonly<Record<Side, InputsById>>,
  types: ObjectTypes,
  isConfirmed: (item: IndexedInput) => boolean,
): readonly IndexedInput[] {
  const context = member(error, 'context');
  const from = idsOf(member(context, 'fromObjectId'));
  const to = idsOf(member(context, 'toObjectId'));
  const of = (side: Side, ids: readonly string[]): IndexedInput[] => ids.flatMap((id) => bySide[side].get(id) ?? []);
  if (from.length > 0 && to.length > 0) return of('from', from).filter(({ input }) => to.includes(input.to.id));
  if (from.length > 0) return of('from', from);
  if (to.length > 0) return of('to', to);

  const ids = idsOf(member(context, 'id'));
  const side = namedSide(error, types);
  if (side !== undefined) return of(side, ids);
  // Without a side the id may be the other record's, so a confirmed pair is not taken back for it.
  return [...new Set([...of('from', ids), ...of('to', ids)])].filter((item) => !isConfirmed(item));
}

function namedSide(error: StandardError, types: ObjectTypes): Side | undefined {
  const kind = stringMember(error, 'subCategory') ?? '';
  if (/\bFROM_/.test(kind)) return 'from';
  if (/\bTO_/.test(kind)) return 'to';
  const [objectType] = idsOf(member(member(error, 'context'), 'objectType'));
  return objectType === undefined ? undefined : sideOf(objectType, types);
}

/** Ids as the wire gives them: in a list or alone, as strings or as numbers. */
function idsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((id) => typeof id === 'string' || typeof id === 'number').map(String);
}

function refusedPair({ input }: IndexedInput, errors: readonly StandardError[]): ApiError {
  const [first] = errors;
  const reasons = [...new Set(errors.map((error) => stringMember(error, 'message') ?? 'no reason given'))];
  const more = reasons.length > 3 ? `; and ${String(reasons.length - 3)} more reasons` : '';
  return new ApiError(`The API refused ${input.from.id} → ${input.to.id}: ${reasons.slice(0, 3).join('; ')}${more}.`, {
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
