import type { Findings, Part } from './findings.js';
import { isRecord } from '../spec.js';
import { checkNames } from './names.js';

/** Goes through all that a spec holds, whatever it means: where references lead, and how members are called. */
export function checkEverywhere(findings: Findings, part: Part): void {
  checkNames(findings, part);
  const reference = part.value['$ref'];
  if (typeof reference === 'string') checkTarget(findings, part, reference);
  if (isForeign('externalValue', part.value['externalValue'])) findings.add(part, 'externalValue', foreign);
  for (const [name, value] of Object.entries(part.value)) {
    const inner = findings.member(part, name);
    if (inner !== undefined) checkEverywhere(findings, inner);
    if (Array.isArray(value)) for (const item of findings.items(part, name)) checkEverywhere(findings, item);
  }
}

function checkTarget(findings: Findings, part: Part, reference: string): void {
  if (isForeign('$ref', reference)) {
    findings.add(part, '$ref', foreign);
    return;
  }
  const target = findings.target(reference);
  if (target === undefined) findings.add(part, '$ref', `nothing is at ${reference}.`);
  else if (typeof findings.follow(target).value['$ref'] === 'string') {
    findings.add(part, '$ref', 'it leads from reference to reference, and never to anything else.');
  }
}

/** Why another file is refused. */
export const foreign = 'generation reads no other file and no network; write it here.';

/** Whether a member is about something outside of the file that it stands in. */
export function isForeign(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return name === 'externalValue' || (name === '$ref' && !value.startsWith('#'));
}

/** The way to each member that leads out of a file. */
export function foreignMembers(value: unknown, way: readonly (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => foreignMembers(item, [...way, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isForeign(name, inner) ? [[...way, name]] : foreignMembers(inner, [...way, name]),
  );
}
