import { applyApprovals, type Finding, type JudgedFinding, readSource, type Source } from '../spec-diff/index.js';
import { driftOfDescription } from '../spec-drift/drift-description.js';
import { driftOfPage, type PageDrift } from '../spec-drift/drift-page.js';
import { publishedDescription } from '../spec-drift/published.js';
import { approvalsIn } from './approvals-in.js';
import { git } from './git.js';
import { ProposalError } from './run-command.js';

/** Where the differences that are meant to be are listed, with their reasons. */
export const knownDriftFile = 'openapi/known-drift.yaml';

/** What the published sources say and the capture does not, after every edit that could be made. */
export interface RemainingDrift {
  /** Differences that somebody has to edit. */
  readonly toEdit: readonly Finding[];
  /** Differences that are meant to be. */
  readonly known: readonly JudgedFinding[];
  /** What was neither confirmed nor denied, a line each. */
  readonly notRead: readonly string[];
}

/** @throws ProposalError, NotAPageError when the page says nothing of the spec's operation. */
export async function requirePage(name: string, folder: string): Promise<void> {
  const { text } = await readSource(name, folder);
  refuseOthers(await driftOfPage(text, name, folder));
}

/** Edits `openapi/` as the page asks for, and says what is left. */
export async function followPage(name: string, folder: string): Promise<RemainingDrift> {
  const { text } = await readSource(name, folder);
  const drift = await driftOfPage(text, name, folder);
  if (drift.findings.length === 0 || drift.patch === '') return remains(drift, folder);
  git(folder, ['apply'], drift.patch);
  return remains(await driftOfPage(text, name, folder), folder);
}

/** Edits `openapi/` as the vendor's description asks for, but for known differences. */
export async function followDescription(name: string, folder: string): Promise<void> {
  const published = await readDescribed(name, folder);
  const known = new Set(approvalsIn(folder, knownDriftFile).map(({ fingerprint }) => fingerprint));
  const { patch } = await driftOfDescription(published, folder, ({ fingerprint }) => known.has(fingerprint));
  if (patch !== '') git(folder, ['apply'], patch);
}

/** Says what the vendor's description has and the capture has not. */
export async function remainingOfDescription(name: string, folder: string): Promise<RemainingDrift> {
  const { findings, notStated } = await driftOfDescription(await readDescribed(name, folder), folder);
  return { ...judged(findings, folder), notRead: notStated };
}

async function readDescribed(name: string, folder: string): Promise<Source> {
  const published = publishedDescription(await readSource(name, folder));
  if (published === undefined) throw new ProposalError(`${name} is no OpenAPI description; a page goes to --page.`);
  return published;
}

/** A page of another version or operation says nothing of this one. */
function refuseOthers({ page, of, verdict, operation }: PageDrift): void {
  if (of.kind === 'unknown') throw new ProposalError(`${page} names no operation; nothing is proposed.`);
  if (verdict !== 'another-version' && verdict !== 'another-operation') return;
  const kind = verdict.replace('-', ' ');
  throw new ProposalError(`${page} is of ${kind}, and the spec is of ${operation}; nothing is proposed.`);
}

function remains({ findings, notRead }: PageDrift, folder: string): RemainingDrift {
  return { ...judged(findings, folder), notRead: notRead.map(({ part, why }) => `${part}: ${why}`) };
}

function judged(findings: readonly Finding[], folder: string): Pick<RemainingDrift, 'toEdit' | 'known'> {
  const all = applyApprovals(findings, approvalsIn(folder, knownDriftFile)).findings;
  return {
    toEdit: all.filter(({ approval }) => approval === undefined),
    known: all.filter(({ approval }) => approval !== undefined),
  };
}
