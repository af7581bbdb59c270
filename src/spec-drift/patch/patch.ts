import type { Capture } from '../compare/capture.js';
import type { Difference } from '../compare/difference.js';
import { diffOf } from './documents.js';
import { editOperation } from './edit-operation.js';
import { editSchemas } from './edit-schemas.js';
import { recordPlace } from './record-place.js';

/** The differences to resolve in an operation. */
export interface OperationEdits {
  readonly capture: Capture;
  readonly differences: readonly Difference[];
}

/**
 * The unified diff of `openapi/` that makes the spec agree with the documentation.
 *
 * @param place - The name of the source in provenance.yaml, unless it is the page.
 */
export async function patchOf(root: string, operations: readonly OperationEdits[], place?: string): Promise<string> {
  if (operations.every(({ differences }) => differences.every(({ edits }) => edits.length === 0))) return '';
  return diffOf(root, (documents) => {
    for (const { capture, differences } of operations) {
      const edits = differences.flatMap((difference) => difference.edits);
      editSchemas(
        documents,
        capture,
        edits.filter((edit) => 'schema' in edit),
        place,
      );
      // Edit path and method last, because the other edits refer to the old ones.
      const rank = ({ kind }: { kind: string }): number => ['status', 'path', 'method'].indexOf(kind);
      for (const edit of [...edits].sort((one, other) => rank(one) - rank(other)))
        editOperation(documents, capture, edit);
      if (place !== undefined) recordPlace(documents, capture, edits, place);
    }
  });
}
