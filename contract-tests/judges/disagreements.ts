import { prismPlace } from './violations-of.js';
import type { ValidatorError, Violation } from './subject.js';

/** The findings of both judges on one body, each as `place keyword`. Empty if the body is valid. */
export interface Verdicts {
  readonly body: unknown;
  readonly prism: readonly string[];
  readonly validator: readonly string[];
}

/** A known difference between the judges. */
interface Exception {
  readonly name: string;
  readonly reason: string;
  covers(finding: string, verdicts: Verdicts): boolean;
}

/** Differences that are allowed if both judges refuse the body. Any other difference is a failure. */
export const exceptions: readonly Exception[] = [
  {
    name: 'Prism treats an empty body as missing',
    reason:
      'Prism treats a body of null, false, 0 or "" as missing, and stops there (checkRequiredBodyIsProvided in ' +
      'its validator); the generated validator reports the wrong type.',
    covers: (finding: string, { body }: Verdicts): boolean =>
      [' required', ' type'].includes(finding) && [null, false, 0, ''].some((empty) => body === empty),
  },
  {
    name: 'Prism checks an integer format as limits, too',
    reason:
      'Prism checks int32 as a format and as a minimum and maximum, so it reports the same number twice; the ' +
      'generated validator reports it once.',
    covers: (finding: string, { prism, validator }: Verdicts): boolean => {
      const format = finding.replace(/(?:minimum|maximum)$/, 'format');
      return format !== finding && prism.includes(format) && validator.includes(format);
    },
  },
];

/** Findings of only one judge that no exception covers. Empty if the judges agree. */
export function disagreement(verdicts: Verdicts): string[] {
  const { prism, validator } = verdicts;
  const covered = (finding: string): boolean => exceptions.some((exception) => exception.covers(finding, verdicts));
  const findings = differences(verdicts).filter((finding) => !covered(finding));
  // The exceptions do not apply if one judge accepts the body.
  return (prism.length === 0) === (validator.length === 0) ? findings : differences(verdicts);
}

/** Findings of only one judge. */
export function differences({ prism, validator }: Verdicts): string[] {
  return [
    ...prism.filter((finding) => !validator.includes(finding)),
    ...validator.filter((finding) => !prism.includes(finding)),
  ];
}

/** The findings of Prism on a body. The location of a missing body is empty. */
export function verdictOfPrism(violations: readonly Violation[]): string[] {
  return distinct(
    violations
      .filter(({ location, code }) => (location.length === 0 ? code === 'required' : location[0] === 'body'))
      .map(({ location, code }) => `${location.slice(1).join('/')} ${code}`),
  );
}

/** The findings of a generated validator on a body. */
export function verdictOfValidator(errors: readonly ValidatorError[]): string[] {
  return distinct(errors.map(({ instancePath, keyword }) => `${prismPlace(instancePath)} ${keyword}`));
}

function distinct(findings: readonly string[]): string[] {
  return [...new Set(findings)].sort();
}
