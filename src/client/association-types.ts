import type { AssociationSpec } from '../../generated/schema.js';
/** Stand-in until the real one is merged. */
export function associationTypeProblem(_type: AssociationSpec, _from: string, _to: string): string | undefined {
  return undefined;
}
