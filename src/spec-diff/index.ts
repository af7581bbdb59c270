import { compareOperation } from './compare-operation.js';
import { describe } from './describe.js';
import { readDescription, type Description } from './description.js';
import { severities, type Finding } from './finding.js';
import { operationsOf, pairOperations, type OperationPair } from './operations.js';

export { DescriptionError } from './description.js';
export { severities, type Direction, type Finding, type Place, type Severity } from './finding.js';

export interface CompareOptions {
  /**
   * The description that the code was generated from, to name its types and functions.
   *
   * @defaultValue the old description
   */
  readonly generated?: { readonly text: string; readonly name: string };
}

/**
 * Every change of the contract between two OpenAPI descriptions in JSON or YAML, the worst first.
 *
 * @param oldName - What findings and errors call the description, a file as a rule.
 * @throws DescriptionError when one of them cannot be read, with its file and line.
 */
export function compareDescriptions(
  oldText: string,
  oldName: string,
  newText: string,
  newName: string,
  options: CompareOptions = {},
): Finding[] {
  const [old, changed] = [readDescription(oldText, oldName), readDescription(newText, newName)];
  const { generated } = options;
  const source = generated === undefined ? undefined : readDescription(generated.text, generated.name);
  return findingsOf(pairOperations(operationsOf(old), operationsOf(changed)), source);
}

function findingsOf(pairs: readonly OperationPair[], generated: Description | undefined): Finding[] {
  const code = generated === undefined ? [] : operationsOf(generated);
  const findings = pairs.flatMap((pair) => describe(pair, compareOperation(pair), code));
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
