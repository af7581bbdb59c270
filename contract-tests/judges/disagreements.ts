import { prismPlace } from './violations-of.js';
import type { ValidatorError, Violation } from './subject.js';

/** What two judges found wrong with one body, as `place keyword`. None where it conforms. */
export interface Verdicts {
  readonly body: unknown;
  readonly prism: readonly string[];
  readonly validator: readonly string[];
}

/** Something that only one of the judges finds. */
interface Exception {
  readonly name: string;
  readonly reason: string;
  covers(finding: string, verdicts: Verdicts): boolean;
}

/** Where the judges are known to differ, though both refuse. Every other difference is a failure. */
export const exceptions: readonly Exception[] = [
  {
    name: 'an empty body is a missing one to Prism',
    reason:
      'Prism takes a body that is null, false, 0 or an empty text for no body at all, and looks no further ' +
      '(checkRequiredBodyIsProvided in its validator); the generated validator finds the wrong type.',
    covers: (finding: string, { body }: Verdicts): boolean =>
      [' required', ' type'].includes(finding) && [null, false, 0, ''].some((empty) => body === empty),
  },
  {
    name: 'a format of integers is a pair of limits to Prism, too',
    reason:
      'Prism reads int32 as a minimum and a maximum besides the format, so that it finds the same number wrong ' +
      'twice; the generated validator finds it once.',
    covers: (finding: string, { prism, validator }: Verdicts): boolean => {
      const format = finding.replace(/(?:minimum|maximum)$/, 'format');
      return format !== finding && prism.includes(format) && validator.includes(format);
    },
  },
];

/** What only one of the judges finds, without what an exception covers. Agreement is an empty list. */
export function disagreement(verdicts: Verdicts): string[] {
  const { prism, validator } = verdicts;
  const covered = (finding: string): boolean => exceptions.some((exception) => exception.covers(finding, verdicts));
  const findings = differences(verdicts).filter((finding) => !covered(finding));
  // No exception covers a body that one of the judges accepts.
  return (prism.length === 0) === (validator.length === 0) ? findings : differences(verdicts);
}

/** What only one of the judges finds. */
export function differences({ prism, validator }: Verdicts): string[] {
  return [
    ...prism.filter((finding) => !validator.includes(finding)),
    ...validator.filter((finding) => !prism.includes(finding)),
  ];
}

/** What Prism found wrong with a body. It has no place for a missing one. */
export function verdictOfPrism(violations: readonly Violation[]): string[] {
  return distinct(
    violations
      .filter(({ location, code }) => (location.length === 0 ? code === 'required' : location[0] === 'body'))
      .map(({ location, code }) => `${location.slice(1).join('/')} ${code}`),
  );
}

/** What a generated validator found wrong with a body. */
export function verdictOfValidator(errors: readonly ValidatorError[]): string[] {
  return distinct(errors.map(({ instancePath, keyword }) => `${prismPlace(instancePath)} ${keyword}`));
}

function distinct(findings: readonly string[]): string[] {
  return [...new Set(findings)].sort();
}
