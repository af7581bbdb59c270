import { compareOperation } from './compare-operation.js';
import { describe, worstFirst } from './describe.js';
import { readDescription } from '../openapi/index.js';
import type { Finding } from './finding.js';
import { operationsOf, pairOperations } from './operations.js';
import type { Source } from './source.js';

export interface CompareOptions {
  /**
   * The description that the code is generated from, to name its types and functions.
   *
   * @defaultValue the old description
   */
  readonly generated?: Source;
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
  const source = generated === undefined ? old : readDescription(generated.text, generated.name);
  const sources = { old, new: changed, generated: operationsOf(source) };
  const pairs = pairOperations(operationsOf(old), operationsOf(changed));
  return worstFirst(pairs.flatMap((pair) => describe(pair, compareOperation(pair), sources)));
}
