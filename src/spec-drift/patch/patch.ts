import type { Capture } from '../capture.js';
import type { Difference } from '../difference.js';
import { diffOf } from './documents.js';
import { editOperation } from './edit-operation.js';
import { editSchemas } from './edit-schemas.js';
import { placeFacts } from './place-facts.js';

/** What is to be edited of an operation. */
export interface ToEdit {
  readonly capture: Capture;
  readonly differences: readonly Difference[];
}

/**
 * The edit of `openapi/` after which the spec says what is documented, as a unified diff.
 *
 * @param place - What provenance.yaml calls the document, where it is no page.
 */
export async function patchOf(root: string, operations: readonly ToEdit[], place?: string): Promise<string> {
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
      // The path and the names come last, since the other edits are told by the former ones.
      const rank = ({ kind }: { kind: string }): number => ['status', 'path', 'method'].indexOf(kind);
      for (const edit of [...edits].sort((one, other) => rank(one) - rank(other)))
        editOperation(documents, capture, edit);
      if (place !== undefined) placeFacts(documents, capture, edits, place);
    }
  });
}
