import { factsOfCapture } from '../provenance/capture-facts.js';
import { readOpenapi } from '../provenance/read-openapi.js';
import { statedFacts } from '../provenance/stated-facts.js';
import { unexplained } from '../provenance/unexplained.js';
import { captureMutants } from './capture-edits.js';
import type { Verdict } from './judge.js';
import { sampled } from './sampled.js';

/**
 * Tests whether the suite catches an edit of the capture followed by `npm run generate`. The generated files, the mock
 * and the derived checks all follow the edit, so only the comparison with provenance.yaml can catch it.
 */
export function judgeCaptureEdits(sample: boolean): Verdict[] {
  const stated = statedFacts(readOpenapi('provenance.yaml'));
  const edits = sampled(captureMutants(readOpenapi('associations.yaml')), sample);
  return edits.map((edit) => {
    const [difference] = unexplained(factsOfCapture(edit.document()), stated);
    return { id: `edit: ${edit.id}`, caught: difference === undefined ? {} : { provenance: difference.message } };
  });
}
