import { isInBranch, type Rule } from '../spec/rules.js';
import { requireEqual, requireThat, shown } from './failure.js';
import type { ValidatorFunction } from './subject.js';

/** Requires the generated validator to refuse a body for violating one rule, at the given place only. */
export function requireValidatorRefuses(
  validate: ValidatorFunction | undefined,
  body: unknown,
  pointer: string,
  rule: Rule,
): void {
  const { keyword } = rule;
  requireThat(validate !== undefined, 'No validator was generated for such a body.');
  requireThat(!validate(body), `The validator accepted a body that violates ${keyword} at ${pointer}: ${shown(body)}`);
  const errors = validate.errors ?? [];
  const elsewhere = errors.filter(
    ({ instancePath }) => instancePath !== pointer && !instancePath.startsWith(`${pointer}/`),
  );
  requireEqual(isInBranch(rule) ? [] : elsewhere, [], `The validator reported errors outside ${pointer}.`);
  const found = errors.filter(({ instancePath }) => instancePath === pointer).map((error) => error.keyword);
  requireThat(
    found.includes(keyword),
    `The validator reported ${shown(found)} at ${pointer}; ${keyword} is violated there.`,
  );
}
