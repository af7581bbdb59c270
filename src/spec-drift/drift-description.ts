import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDescription } from '../openapi/index.js';
import {
  describeDrift,
  type Drift,
  type Finding,
  operationsOf,
  pairOperations,
  type Source,
} from '../spec-diff/index.js';
import { captureFile, readCaptures } from './compare/capture.js';
import { compareFacts } from './compare/compare-facts.js';
import { describedFacts, descriptionPlace } from './compare/described-facts.js';
import { patchOf } from './patch/patch.js';

/** How HubSpot's description and the spec differ. */
export interface DescriptionDrift extends Drift {
  readonly kind: 'description';
  /** A unified diff of openapi/, for `git apply`; empty if there is nothing to edit. */
  readonly patch: string;
}

/**
 * Compares HubSpot's description with the spec.
 *
 * @param root - The folder that contains `openapi/`.
 * @param isAccepted - Whether a difference is accepted, so that the spec is not edited.
 * @throws DescriptionError with file and line if a description cannot be read.
 */
export async function driftOfDescription(
  published: Source,
  root: string,
  isAccepted: (finding: Finding) => boolean = () => false,
): Promise<DescriptionDrift> {
  const captured = { name: captureFile, text: readFileSync(join(root, captureFile), 'utf8') };
  const drift = describeDrift(captured, published);
  const accepted = drift.findings.filter(isAccepted).flatMap(({ pointer, alsoAt }) => [pointer, ...alsoAt]);
  const isToEdit = drift.findings.some((finding) => !isAccepted(finding));
  return { kind: 'description', ...drift, patch: isToEdit ? await patchTo(published, captured, root, accepted) : '' };
}

async function patchTo(
  published: Source,
  captured: Source,
  root: string,
  accepted: readonly string[],
): Promise<string> {
  const ours = operationsOf(readDescription(captured.text, captured.name));
  const theirs = operationsOf(readDescription(published.text, published.name));
  const pairs = pairOperations(ours, theirs);
  const operations = readCaptures(root).flatMap((capture) => {
    const partner = pairs.find(({ old }) => old?.path === capture.path && old.method === capture.method)?.new;
    if (partner === undefined) return [];
    const facts = describedFacts(partner, capture);
    const { differences } = compareFacts(capture, facts, published.name, { request: [], reply: [] });
    return [{ capture, differences: differences.filter(({ finding }) => !accepted.includes(finding.pointer)) }];
  });
  return patchOf(root, operations, descriptionPlace);
}
