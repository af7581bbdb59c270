import { expect, test } from '@jest/globals';
import type { Severity } from './finding.js';
import { nextVersion, versionStepFor, type VersionStep } from './verdict.js';

test.each<[Severity[], VersionStep]>([
  [[], 'none'],
  [['compatible'], 'minor'],
  [['compatible', 'potentially-breaking'], 'minor'],
  [['compatible', 'breaking'], 'major'],
])('changes of the severities %j require the version step %s', (severities, step) => {
  expect(versionStepFor(severities.map((severity) => ({ severity })))).toBe(step);
});

test.each<[string, VersionStep, string, VersionStep]>([
  ['1.2.3', 'major', '2.0.0', 'major'],
  ['1.2.3', 'minor', '1.3.0', 'minor'],
  ['1.2.3', 'patch', '1.2.4', 'patch'],
  ['1.2.3', 'none', '1.2.3', 'none'],
  ['0.2.3', 'major', '0.3.0', 'minor'],
  ['0.2.3', 'minor', '0.2.4', 'patch'],
  ['0.2.3', 'none', '0.2.3', 'none'],
])('from %s the step %s leads to %s, a %s step', (version, step, next, effective) => {
  expect(nextVersion(version, step)).toEqual({ version: next, step: effective });
});
