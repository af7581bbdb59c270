import { children, follow, isJsonObject, type Node, type Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';
import { checkNames } from './names.js';

/** Why references to other files are not supported. */
export const foreign = 'generation does not read other files or the network; write it here.';

/** Checks references and names throughout the spec. */
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
    const reason = because === 'circular' ? 'the reference is circular.' : `${reference} does not exist.`;
    findings.add(part, '$ref', reason);
    return node;
  });
}

function isForeign(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return name === 'externalValue' || (name === '$ref' && !value.startsWith('#'));
}

/** JSON pointers of the references to other files. */
export function foreignMembers(node: Node): string[] {
  return children(node).flatMap(([name, entry]) =>
    isForeign(name, entry.value) ? [entry.pointer] : foreignMembers(entry),
  );
}
