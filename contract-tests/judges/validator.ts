import { isInBranch, type Rule } from '../spec/rules.js';
import { requireEqual, requireThat, shown } from './failure.js';
import type { ValidatorFunction } from './subject.js';

/** The generated validator refuses a body, for the constraint and at the place where it is broken. */
export function requireValidatorRefuses(
  validate: ValidatorFunction | undefined,
  body: unknown,
  pointer: string,
  rule: Rule,
): void {
  const { keyword } = rule;
  requireThat(validate !== undefined, 'There is no validator for such a body.');
  requireThat(!validate(body), `The validator accepts what breaks ${keyword} at ${pointer}: ${shown(body)}`);
  const errors = validate.errors ?? [];
  const elsewhere = errors.filter(
    ({ instancePath }) => instancePath !== pointer && !instancePath.startsWith(`${pointer}/`),
  );
  requireEqual(
    isInBranch(rule) ? [] : elsewhere,
    [],
    `The validator finds something wrong elsewhere than at ${pointer}.`,
  );
  const found = errors.filter(({ instancePath }) => instancePath === pointer).map((error) => error.keyword);
  requireThat(found.includes(keyword), `The validator finds ${shown(found)} at ${pointer}, and not ${keyword}.`);
}
