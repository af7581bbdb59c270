import type { Capture } from '../capture.js';
import type { Difference } from '../difference.js';
import { diffOf } from './documents.js';
import { editOperation } from './edit-operation.js';
import { editSchemas } from './edit-schemas.js';

/** The edit of `openapi/` after which the spec says what the page says, as a unified diff. */
export async function patchOf(root: string, capture: Capture, differences: readonly Difference[]): Promise<string> {
  const edits = differences.flatMap((difference) => difference.edits);
  if (edits.length === 0) return '';
  return diffOf(root, (documents) => {
    editSchemas(
      documents,
      capture,
      edits.filter((edit) => 'schema' in edit),
    );
    // The path and the names come last, since the other edits are told by the former ones.
    const rank = ({ kind }: { kind: string }): number => ['status', 'path', 'method'].indexOf(kind);
    for (const edit of [...edits].sort((one, other) => rank(one) - rank(other)))
      editOperation(documents, capture, edit);
  });
}
