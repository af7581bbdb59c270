import { severities, type Finding, type Severity } from './finding.js';

/** The part of the version to bump. */
export type VersionStep = 'major' | 'minor' | 'patch' | 'none';

/** The version bump that contract changes require in a package that exposes the contract to its users. */
export function versionStepFor(findings: readonly Pick<Finding, 'severity'>[]): VersionStep {
  if (findings.some(({ severity }) => severity === 'breaking')) return 'major';
  return findings.length > 0 ? 'minor' : 'none';
}

/**
 * The version after a step. Before 1.0.0 each bump is one place lower: a breaking change bumps the second
 * number, any other change the third (https://semver.org, items 4 and 8).
 */
export function nextVersion(version: string, step: VersionStep): { version: string; step: VersionStep } {
  const [major = 0, minor = 0, patch = 0] = (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0').split('.').map(Number);
  const effective = major > 0 || step === 'none' ? step : step === 'major' ? 'minor' : 'patch';
  const numbers = {
    major: [major + 1, 0, 0],
    minor: [major, minor + 1, 0],
    patch: [major, minor, patch + 1],
    none: [major, minor, patch],
  }[effective];
  return { version: numbers.join('.'), step: effective };
}

/** The number of findings of each severity. */
export function countsOf(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    breaking: count('breaking'),
    'potentially-breaking': count('potentially-breaking'),
    compatible: count('compatible'),
  };
}

/** Whether a finding is at least as bad as the threshold. */
export function reaches({ severity }: Pick<Finding, 'severity'>, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && severities.indexOf(severity) <= severities.indexOf(threshold);
}
