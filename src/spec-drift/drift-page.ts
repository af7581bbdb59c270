import { readCaptures, type Capture } from './compare/capture.js';
import { compareFacts } from './compare/compare-facts.js';
import type { Difference } from './compare/difference.js';
import type { Finding } from '../spec-diff/index.js';
import type { PageFacts, Unread } from './page/facts.js';
import { readPage } from './page/read-page.js';
import { notRead } from './compare/not-read.js';
import { patchOf } from './patch/patch.js';
import { assignSamples } from './compare/assign-samples.js';
import { nearestCapture, type PageSubject, identifyPage } from './compare/page-subject.js';

/** The result of a comparison. `exitCodes` maps each verdict to an exit code. */
export type Verdict = 'agrees' | 'differs' | 'agrees-in-part' | 'another-version' | 'another-operation';

/** How a page and the spec differ. */
export interface PageDrift {
  readonly kind: 'page';
  readonly page: string;
  readonly verdict: Verdict;
  readonly of: PageSubject;
  /** Method and path in the spec. */
  readonly operation: string;
  /** Differences in the contract. */
  readonly findings: readonly Finding[];
  /** Differences outside of the contract: products and the date of the page. */
  readonly outsideContract: readonly Finding[];
  /** Parts that are missing from the page or could not be read. They do not count as agreement. */
  readonly notRead: readonly Unread[];
  /** Facts that even a complete page does not state. */
  readonly notStated: readonly string[];
  /** A unified diff of openapi/, for `git apply`; empty if there is nothing to edit. */
  readonly patch: string;
}

/** The page does not document an operation, so there is nothing to compare. */
export class NotAPageError extends Error {
  override readonly name = 'NotAPageError';
}

/**
 * Compares a saved documentation page with the spec.
 *
 * @param source - The page as HTML, Markdown or plain text, in any of the languages of `words.ts`.
 * @param pageName - The name of the page in messages.
 * @param root - The folder that contains `openapi/`.
 * @throws NotAPageError if the page does not document an operation.
 */
export async function driftOfPage(source: string, pageName: string, root: string): Promise<PageDrift> {
  const captures = readCaptures(root);
  const names = {
    path: new Set(captures.flatMap(({ parameters }) => parameters.map(({ name }) => name))),
    body: new Set(captures.flatMap(({ body }) => [...body.members.keys()])),
    reply: new Set(captures.flatMap(({ reply }) => [...reply.members.keys()])),
  };
  const page = readPage(source, names);
  const capture = nearestCapture(captures, page);
  const of = identifyPage(page, capture);
  const samples = assignSamples(page.samples, capture);
  if (of.kind === 'unknown' && !mentionsMember(page, capture)) {
    throw new NotAPageError(
      `${pageName} documents no operation: it has neither a path nor a member of a captured operation. ` +
        'Save the page from a browser as text, Markdown or HTML.',
    );
  }

  const compared = compareFacts(capture, page, pageName, samples);
  const isShown = samples.reply.length > 0 || page.lists.reply !== undefined;
  const differences =
    of.kind === 'another-operation' ? headingDifferences(compared.differences, isShown) : compared.differences;
  const contract = differences.filter((difference) => difference.contract);
  const unread = notRead(page, capture, samples, compared.unstated);
  return {
    kind: 'page',
    page: pageName,
    verdict: verdictOf(of, contract, unread.parts),
    of,
    operation: `${capture.method.toUpperCase()} ${capture.path}`,
    findings: contract.map(({ finding }) => finding),
    outsideContract: differences.filter((difference) => !difference.contract).map(({ finding }) => finding),
    notRead: unread.parts,
    notStated: unread.never,
    patch: await patchOf(root, [{ capture, differences }]),
  };
}

/** Whether a page without a path has a member of the operation. Otherwise its JSON is a sample of something else. */
function mentionsMember({ lists, samples }: PageFacts, { body, reply }: Capture): boolean {
  const listed = [lists.body, lists.reply].flatMap((list) => list?.entries ?? []).map(({ name }) => name);
  const sampled = samples.flatMap(({ root }) => [...(root.members?.keys() ?? [])]);
  return [...listed, ...sampled].some((name) => body.members.has(name) || reply.members.has(name));
}

/**
 * For a page of another operation, only path and method are reported, without edits. If everything else
 * agrees, the operation may have moved, so the edits are kept.
 */
function headingDifferences(differences: readonly Difference[], isShown: boolean): Difference[] {
  const heading = differences.filter(({ finding }) => ['path-changed', 'method-changed'].includes(finding.ruleId));
  const moved = isShown && differences.every((difference) => heading.includes(difference) || !difference.contract);
  return moved ? heading : heading.map((difference) => ({ ...difference, edits: [] }));
}

function verdictOf(of: PageSubject, contract: readonly Difference[], unread: readonly Unread[]): Verdict {
  if (of.kind === 'another-version' || of.kind === 'another-operation') return of.kind;
  if (contract.length > 0) return 'differs';
  return unread.length > 0 ? 'agrees-in-part' : 'agrees';
}
