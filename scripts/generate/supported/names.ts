import type { Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';

const taken = 'every JavaScript object has a member of that name already, so that it is never missing.';

/** What has a name in a spec becomes a member of an object, in the client and in its types. */
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

/** The client has a function of that name, and reports have a part of a URL. */
export function checkOperationId(findings: Findings, operation: Part): void {
  const { operationId } = operation.value;
  if (typeof operationId === 'string' && !/^[\w.-]+$/.test(operationId)) {
    findings.add(operation, 'operationId', 'write it with letters from a to z, digits, hyphens, dots and underscores.');
  }
}
