import type { Operation } from '../../src/openapi/index.js';
import { placeWithin, titleOf } from './rule-titles.js';
import { placeOf, type Rule } from './rules.js';

/** One part of the spec that the suite must exercise: a constraint, a status or an example. */
export interface CoverageItem {
  /** Identifies the item in every run over the same spec: `operationId group pointer keyword`. */
  readonly id: string;
  readonly operationId: string;
  readonly group: 'request' | 'request constraint' | 'status' | 'example' | 'reply constraint';
  /** For readers, such as `inputs[].from.id must be a string`. */
  readonly title: string;
  /** JSON pointer into generated/openapi.json. */
  readonly pointer: string;
  /** The value that the item constrains, such as `inputs[].from.id` or `header Retry-After`. */
  readonly place: string;
  /** The schema keyword, if the item is a constraint. */
  readonly keyword?: string | undefined;
  /** The status of the reply, if the item belongs to one. */
  readonly status?: string | undefined;
}

/** @param about - `at` distinguishes items at the same place in the spec. */
export function coverageItem(
  { operationId }: Operation,
  { at, ...about }: Omit<CoverageItem, 'id' | 'operationId'> & { readonly at?: string },
): CoverageItem {
  const parts = [operationId, about.group, about.status, about.pointer, about.keyword, at];
  return { id: parts.filter((part) => part !== undefined).join(' '), operationId, ...about };
}

/**
 * The item of a rule.
 *
 * @param rootName - What to call the root value, such as `the body`.
 */
export function ruleItem(
  operation: Operation,
  rule: Rule,
  rootName: string,
  about: Pick<CoverageItem, 'group' | 'status'>,
): CoverageItem {
  const { pointer, keyword, kind } = rule;
  const at = [kind, rootName, placeOf(rule)].join(' ');
  return coverageItem(operation, {
    ...about,
    title: titleOf(rule, rootName),
    pointer,
    keyword,
    place: valueOf(rule, rootName),
    at,
  });
}

/** The value that a rule constrains: for a rule about a member, the member rather than its object. */
function valueOf(rule: Rule, rootName: string): string {
  const member = rule.keyword === 'required' || rule.keyword === 'properties' ? [String(rule.subject)] : [];
  const steps = [placeWithin(rule, rootName), ...member].filter((step) => step !== '');
  return steps.length === 0 ? rootName.replace(/ \(.*\)$/, '') : steps.join('.');
}
