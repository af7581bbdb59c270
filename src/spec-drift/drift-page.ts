import { readCaptures, type Capture } from './capture.js';
import { compareFacts } from './compare-facts.js';
import type { Difference } from './difference.js';
import type { Finding } from '../spec-diff/index.js';
import type { PageFacts, Unread } from './page/facts.js';
import { readPage } from './page/read-page.js';
import { notRead } from './not-read.js';
import { patchOf } from './patch/patch.js';
import { shareSamples } from './share-samples.js';
import { nearest, type PageOf, whichPage } from './which-page.js';

/** What a comparison comes to; `exitCodes` gives each its number. */
export type Verdict = 'agrees' | 'differs' | 'agrees-in-part' | 'another-version' | 'another-operation';

/** How a page and the spec differ. */
export interface PageDrift {
  readonly kind: 'page';
  readonly page: string;
  readonly verdict: Verdict;
  readonly of: PageOf;
  /** Of the spec: method and path. */
  readonly operation: string;
  /** Differences of the contract. */
  readonly findings: readonly Finding[];
  /** Differences that are none of the contract: products, the date of the page. */
  readonly outsideContract: readonly Finding[];
  /** Parts that the page lacks, or that could not be read. None of them is taken for agreement. */
  readonly notRead: readonly Unread[];
  /** What pages of this kind leave open, even whole ones. */
  readonly notStated: readonly string[];
  /** A unified diff of openapi/, for `git apply`; empty when nothing is to be edited. */
  readonly patch: string;
}

/** The page documents no operation, so there is nothing to compare. */
export class NotAPageError extends Error {
  override readonly name = 'NotAPageError';
}

/**
 * Compares a saved documentation page with the spec.
 *
 * @param source - The page as HTML, Markdown or plain text, in any of the languages of `words.ts`.
 * @param pageName - What messages call the page.
 * @param root - The folder that holds `openapi/`.
 * @throws NotAPageError when the page documents no operation.
 */
export async function driftOfPage(source: string, pageName: string, root: string): Promise<PageDrift> {
  const captures = readCaptures(root);
  const names = {
    path: new Set(captures.flatMap(({ parameters }) => parameters.map(({ name }) => name))),
    body: new Set(captures.flatMap(({ body }) => [...body.members.keys()])),
    reply: new Set(captures.flatMap(({ reply }) => [...reply.members.keys()])),
  };
  const page = readPage(source, names);
  const capture = nearest(captures, page);
  const of = whichPage(page, capture);
  const samples = shareSamples(page.samples, capture);
  if (of.kind === 'unknown' && !mentions(page, capture)) {
    throw new NotAPageError(
      `${pageName} documents no operation: it has no path, and no member of one that is captured. ` +
        'Save the page as the browser shows it, as text, Markdown or HTML.',
    );
  }

  const compared = compareFacts(capture, page, pageName, samples);
  const isShown = samples.reply.length > 0 || page.lists.reply !== undefined;
  const differences =
    of.kind === 'another-operation' ? ofOtherOperation(compared.differences, isShown) : compared.differences;
  const contract = differences.filter((difference) => difference.contract);
  const unread = notRead(page, capture, samples, compared.silent);
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

/** Whether a page that gives no path has a member of the operation: any other JSON is a sample of something else. */
function mentions({ lists, samples }: PageFacts, { body, reply }: Capture): boolean {
  const listed = [lists.body, lists.reply].flatMap((list) => list?.entries ?? []).map(({ name }) => name);
  const sampled = samples.flatMap(({ root }) => [...(root.members?.keys() ?? [])]);
  return [...listed, ...sampled].some((name) => body.members.has(name) || reply.members.has(name));
}

/**
 * A page of another operation is not compared further, and the spec does not follow it, unless all
 * the rest agrees: then the operation may have moved.
 */
function ofOtherOperation(differences: readonly Difference[], isShown: boolean): Difference[] {
  const heading = differences.filter(({ finding }) => ['path-changed', 'method-changed'].includes(finding.ruleId));
  const moved = isShown && differences.every((difference) => heading.includes(difference) || !difference.contract);
  return moved ? heading : heading.map((difference) => ({ ...difference, edits: [] }));
}

function verdictOf(of: PageOf, contract: readonly Difference[], unread: readonly Unread[]): Verdict {
  if (of.kind === 'another-version' || of.kind === 'another-operation') return of.kind;
  if (contract.length > 0) return 'differs';
  return unread.length > 0 ? 'agrees-in-part' : 'agrees';
}
