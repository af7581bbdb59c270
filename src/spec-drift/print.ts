import type { DescriptionDrift } from './drift-description.js';
import type { PageDrift } from './drift-page.js';
import type { Place } from '../openapi/index.js';
import type { Finding } from '../spec-diff/index.js';
import { meaningOf } from './compare/rules.js';

/** The report on a page, as text. */
export function printDrift(drift: PageDrift): string {
  const { findings, outsideContract, notRead, notStated, patch } = drift;
  return [
    headline(drift),
    ...section(
      'Differences',
      findings.map((finding) => printFinding(finding, 'page')),
    ),
    ...section(
      'Differences outside of the contract',
      outsideContract.map((finding) => printFinding(finding, 'page')),
    ),
    ...section(
      'Not read, so neither confirmed nor contradicted',
      notRead.map(
        ({ part, why, line }) => `  ${part}: ${why}${line === undefined ? '' : ` (${drift.page}:${String(line)})`}`,
      ),
    ),
    ...section('Never stated on such a page', notStated.map(indent)),
    ...edit(patch),
  ]
    .join('\n')
    .trimEnd();
}

/** The report on HubSpot's description, as text. */
export function printDescriptionDrift(name: string, drift: DescriptionDrift): string {
  const { findings, notCaptured, notStated, patch } = drift;
  return [
    findings.length === 0 ? `${name} agrees with the spec.` : `${name} differs from the spec: ${counts(findings)}.`,
    ...section(
      'Differences',
      findings.map((finding) => printFinding(finding, 'theirs')),
    ),
    ...section('Not stated there, so neither confirmed nor contradicted', notStated.map(indent)),
    ...section('Operations that are not in the spec', notCaptured.map(indent)),
    ...edit(patch),
  ]
    .join('\n')
    .trimEnd();
}

function edit(patch: string): string[] {
  if (patch === '') return [];
  return ['', 'The patch that updates the spec (`--patch` prints only this):', '', patch];
}

function indent(text: string): string {
  return `  ${text}`;
}

function headline({ page, operation, of, verdict, findings, outsideContract }: PageDrift): string {
  switch (verdict) {
    case 'agrees':
      return `${page} agrees with the spec of ${operation}.`;
    case 'agrees-in-part':
      return `${page} agrees with the spec of ${operation} as far as it could be read. Some parts could not be read.`;
    case 'differs':
      return `${page} differs from the spec of ${operation}: ${counts(findings)}.`;
    case 'another-version': {
      const version = of.kind === 'another-version' ? `version ${of.version} (${of.path})` : '';
      return `${page} describes another version of the operation: ${version}. The spec describes ${operation}. Compared anyway: ${counts(findings)}.`;
    }
    case 'another-operation': {
      const path = of.kind === 'another-operation' ? of.path : '';
      const rest = outsideContract.length === 0 ? 'Members are not compared.' : '';
      return `${page} describes another operation: ${path}. The spec describes ${operation}. ${rest}`.trimEnd();
    }
  }
}

function counts(findings: readonly Finding[]): string {
  return (['breaking', 'potentially-breaking', 'compatible'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${String(count)} ${severity}`)
    .join(', ');
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${heading}:`, ...lines];
}

function printFinding(finding: Finding, other: 'page' | 'theirs'): string {
  const { severity, ruleId, direction, message, fingerprint, oldPlace, newPlace } = finding;
  const meaning = meaningOf(ruleId, direction);
  return [
    `  ${severity}  ${direction}  ${message}  [${ruleId} ${fingerprint}]`,
    `    ${other.padEnd(6)} ${newPlace === undefined ? '-' : `${place(newPlace)} (${newPlace.pointer})`}`,
    `    spec   ${oldPlace === undefined ? '-' : place(oldPlace)}`,
    ...(meaning === '' ? [] : [`    means  ${meaning}`]),
  ].join('\n');
}

function place({ file, line }: Place): string {
  return `${file}:${String(line)}`;
}
