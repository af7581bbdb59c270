import { children, follow, isJsonObject, type Node, type Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';
import { checkNames } from './names.js';

/** Why what stands in another file is refused. */
export const foreign = 'generation reads no other file and no network; write it here.';

/** Goes through all that a spec holds, whatever it means: where references lead, and what members are called. */
export function checkEverywhere(findings: Findings, part: Part): void {
  checkNames(findings, part);
  const { $ref: reference, externalValue } = part.value;
  if (isForeign('externalValue', externalValue)) findings.add(part, 'externalValue', foreign);
  if (isForeign('$ref', reference)) findings.add(part, '$ref', foreign);
  else if (typeof reference === 'string') checkTarget(findings, part, reference);
  for (const inner of partsBelow(part)) checkEverywhere(findings, inner);
}

/** The outermost objects in an object or a list. */
function partsBelow(node: Node): Part[] {
  return children(node).flatMap(([, { pointer, value }]) =>
    isJsonObject(value) ? [{ pointer, value }] : partsBelow({ pointer, value }),
  );
}

function checkTarget(findings: Findings, part: Part, reference: string): void {
  follow(findings.spec, part, (node, _, because) => {
    const reason = because === 'circular' ? 'the references form a loop.' : `nothing is at ${reference}.`;
    findings.add(part, '$ref', reason);
    return node;
  });
}

function isForeign(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return name === 'externalValue' || (name === '$ref' && !value.startsWith('#'));
}

/** The place of each member that leads out of a file. */
export function foreignMembers(node: Node): string[] {
  return children(node).flatMap(([name, entry]) =>
    isForeign(name, entry.value) ? [entry.pointer] : foreignMembers(entry),
  );
}
