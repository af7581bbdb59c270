import type { Operation } from '../../src/openapi/index.js';
import { placeWithin, titleOf } from './rule-titles.js';
import { placeOf, type Rule } from './rules.js';

/** One thing of the spec that the suite has to exercise: a constraint, a status, an example. */
export interface CoverageItem {
  /** Stands for the item in every run of the same spec: `operationId group pointer keyword`. */
  readonly id: string;
  readonly operationId: string;
  readonly group: 'request' | 'request constraint' | 'status' | 'example' | 'reply constraint';
  /** What people read, such as `inputs[].from.id must be a string`. */
  readonly title: string;
  /** JSON pointer into generated/openapi.json. */
  readonly pointer: string;
  /** The value that it is about, such as `inputs[].from.id` or `header Retry-After`. */
  readonly place: string;
  /** The keyword of the schema, where the item is a constraint. */
  readonly keyword?: string | undefined;
  /** The status of the reply, where the item belongs to one. */
  readonly status?: string | undefined;
}

/** @param about - `at` tells items apart that stand at one place of the spec. */
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
 * @param whole - What a value without a place is called, such as `the body`.
 */
export function ruleItem(
  operation: Operation,
  rule: Rule,
  whole: string,
  about: Pick<CoverageItem, 'group' | 'status'>,
): CoverageItem {
  const { pointer, keyword, kind } = rule;
  const at = [kind, whole, placeOf(rule)].join(' ');
  return coverageItem(operation, {
    ...about,
    title: titleOf(rule, whole),
    pointer,
    keyword,
    place: valueOf(rule, whole),
    at,
  });
}

/** The value that a rule is about: for a rule about a member the member, and not the object that has it. */
function valueOf(rule: Rule, whole: string): string {
  const member = rule.keyword === 'required' || rule.keyword === 'properties' ? [String(rule.subject)] : [];
  const steps = [placeWithin(rule, whole), ...member].filter((step) => step !== '');
  return steps.length === 0 ? whole.replace(/ \(.*\)$/, '') : steps.join('.');
}
