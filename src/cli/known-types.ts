import { associationTypeProblem, objectTypeProblem } from '../client/association-types.js';
import { ConfigurationError } from '../client/errors.js';
import type { CreateArguments } from './create-options.js';

const override = 'To send it anyway, add --skip-type-check.';

/**
 * Compares the object types and the association types of a command with those that HubSpot
 * documents: every row would be refused for a wrong one.
 *
 * @throws ConfigurationError for a misspelt object type, or an association type of another direction.
 */
export function requireKnownTypes({ from, to, types }: CreateArguments): void {
  for (const [option, name] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    // prettier-ignore
    const problem = objectTypeProblem(name);
    if (problem === undefined) continue;
    throw new ConfigurationError(option, `${problem.message} ${override}`);
  }
  for (const type of types) {
    const problem = associationTypeProblem(type, from, to);
    if (problem !== undefined) throw new ConfigurationError('--type', `${problem} ${override}`);
  }
}
