import type { Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';

const taken = 'every JavaScript object already has a member with this name, so it would never be missing.';

/** Names in the spec become members of objects in the client and its types. */
export function checkNames(findings: Findings, part: Part): void {
  for (const [keyword, value] of Object.entries(part.value)) {
    if (isTaken(keyword)) findings.add(part, keyword, taken);
    if ((keyword === 'name' || keyword === 'operationId') && isTaken(value)) {
      findings.add(part, keyword, `${String(value)}: ${taken}`);
    }
  }
}

function isTaken(name: unknown): boolean {
  return typeof name === 'string' && name in {};
}

/** An operationId becomes a function of the client, and part of a URL in reports. */
export function checkOperationId(findings: Findings, operation: Part): void {
  const { operationId } = operation.value;
  if (typeof operationId === 'string' && !/^[\w.-]+$/.test(operationId)) {
    findings.add(operation, 'operationId', 'use only letters from a to z, digits, hyphens, dots and underscores.');
  }
}
