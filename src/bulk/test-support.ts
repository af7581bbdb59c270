import type { LabelsBetweenObjectPair, StandardError } from '../../generated/schema.js';
import type { AnyAssociationsError } from '../client/errors.js';
import { reconcile } from './reconcile.js';

export function result(
  from: string,
  to: string,
  direction: [string, string] = ['0-1', '0-2'],
): LabelsBetweenObjectPair {
  const [fromObjectTypeId, toObjectTypeId] = direction;
  return { fromObjectId: from, fromObjectTypeId, labels: [], toObjectId: to, toObjectTypeId };
}

export function refusal(context: Record<string, string[]>, subCategory = ''): StandardError {
  return { status: 'error', category: 'OBJECT_NOT_FOUND', subCategory, message: 'gone', context };
}

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export function reply(results: LabelsBetweenObjectPair[], errors: StandardError[] = [], status = 'COMPLETE'): Reply {
  return { status: 207, body: { status, startedAt: '', completedAt: '', results, errors } };
}

const contactsToCompanies = { fromObjectType: 'contacts', toObjectType: 'companies' };

interface Reading {
  readonly kinds: string[];
  readonly errors: (AnyAssociationsError | undefined)[];
  readonly unmatchedErrors: readonly StandardError[];
}

/** The outcome of each pair according to a reply. */
export function read(pairs: [string, string][], given: Reply, types = contactsToCompanies): Reading {
  const sent = { from: pairs.map(([from]) => from), to: pairs.map(([, to]) => to) };
  const { notCreated, unmatchedErrors } = reconcile(sent, given, types);
  const verdicts = pairs.map((_, place) => notCreated.get(place));
  return {
    kinds: verdicts.map((verdict) => verdict?.kind ?? 'created'),
    errors: verdicts.map((verdict) => verdict?.error),
    unmatchedErrors,
  };
}

export function kinds(pairs: [string, string][], given: Reply, types = contactsToCompanies): string[] {
  return read(pairs, given, types).kinds;
}

export const fromNotFound = 'crm.associations.FROM_OBJECT_NOT_FOUND';
