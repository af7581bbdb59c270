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
import { captureFile, readCaptures } from './capture.js';
import { compareFacts } from './compare-facts.js';
import { describedFacts, descriptionPlace } from './described-facts.js';
import { patchOf } from './patch/patch.js';

/** How the vendor's description and the spec differ. */
export interface DescriptionDrift extends Drift {
  readonly kind: 'description';
  /** A unified diff of openapi/, for `git apply`; empty when nothing can be edited. */
  readonly patch: string;
}

/**
 * Compares the vendor's description with the spec.
 *
 * @param root - The folder that holds `openapi/`.
 * @param isKept - Whether a difference is meant to be, so that the spec is not edited there.
 * @throws DescriptionError when one of them cannot be read, with its file and line.
 */
export async function driftOfDescription(
  published: Source,
  root: string,
  isKept: (finding: Finding) => boolean = () => false,
): Promise<DescriptionDrift> {
  const captured = { name: captureFile, text: readFileSync(join(root, captureFile), 'utf8') };
  const drift = describeDrift(captured, published);
  const kept = drift.findings.filter(isKept).flatMap(({ pointer, alsoAt }) => [pointer, ...alsoAt]);
  const isToEdit = drift.findings.some((finding) => !isKept(finding));
  return { kind: 'description', ...drift, patch: isToEdit ? await patchTo(published, captured, root, kept) : '' };
}

async function patchTo(published: Source, captured: Source, root: string, kept: readonly string[]): Promise<string> {
  const ours = operationsOf(readDescription(captured.text, captured.name));
  const theirs = operationsOf(readDescription(published.text, published.name));
  const pairs = pairOperations(ours, theirs);
  const operations = readCaptures(root).flatMap((capture) => {
    const partner = pairs.find(({ old }) => old?.path === capture.path && old.method === capture.method)?.new;
    if (partner === undefined) return [];
    const facts = describedFacts(partner, capture);
    const { differences } = compareFacts(capture, facts, published.name, { request: [], reply: [] });
    return [{ capture, differences: differences.filter(({ finding }) => !kept.includes(finding.pointer)) }];
  });
  return patchOf(root, operations, descriptionPlace);
}
