import { applyApprovals, type Finding, type JudgedFinding, readSource, type Source } from '../spec-diff/index.js';
import { driftOfDescription } from '../spec-drift/drift-description.js';
import { driftOfPage, type PageDrift } from '../spec-drift/drift-page.js';
import { publishedDescription } from '../spec-drift/published.js';
import { approvalsIn } from './approvals-in.js';
import { git } from './git.js';
import { ProposalError } from './run-command.js';

/** Lists the accepted differences with their reasons. */
export const knownDriftFile = 'openapi/known-drift.yaml';

/** The differences that remain after all automatic edits. */
export interface RemainingDrift {
  /** Differences to edit by hand. */
  readonly toEdit: readonly Finding[];
  /** Accepted differences. */
  readonly known: readonly JudgedFinding[];
  /** Facts that were neither confirmed nor contradicted, one line each. */
  readonly notRead: readonly string[];
}

/** @throws ProposalError, NotAPageError if the page does not describe the operation of the spec. */
export async function requirePage(name: string, folder: string): Promise<void> {
  const { text } = await readSource(name, folder);
  requireSameOperation(await driftOfPage(text, name, folder));
}

/** Edits `openapi/` to match the page, and returns the remaining differences. */
export async function applyPage(name: string, folder: string): Promise<RemainingDrift> {
  const { text } = await readSource(name, folder);
  const drift = await driftOfPage(text, name, folder);
  if (drift.findings.length === 0 || drift.patch === '') return remainingOfPage(drift, folder);
  git(folder, ['apply'], drift.patch);
  return remainingOfPage(await driftOfPage(text, name, folder), folder);
}

/** Edits `openapi/` to match HubSpot's description, except for accepted differences. */
export async function applyDescription(name: string, folder: string): Promise<void> {
  const published = await readPublished(name, folder);
  const known = new Set(approvalsIn(folder, knownDriftFile).map(({ fingerprint }) => fingerprint));
  const { patch } = await driftOfDescription(published, folder, ({ fingerprint }) => known.has(fingerprint));
  if (patch !== '') git(folder, ['apply'], patch);
}

/** Returns the remaining differences between HubSpot's description and the capture. */
export async function remainingOfDescription(name: string, folder: string): Promise<RemainingDrift> {
  const { findings, notStated } = await driftOfDescription(await readPublished(name, folder), folder);
  return { ...splitAccepted(findings, folder), notRead: notStated };
}

async function readPublished(name: string, folder: string): Promise<Source> {
  const published = publishedDescription(await readSource(name, folder));
  if (published === undefined)
    throw new ProposalError(`${name} is not an OpenAPI description; pass a page with --page.`);
  return published;
}

/** Rejects a page that describes another version or operation. */
function requireSameOperation({ page, of, verdict, operation }: PageDrift): void {
  if (of.kind === 'unknown') throw new ProposalError(`${page} documents no operation; nothing was proposed.`);
  if (verdict !== 'another-version' && verdict !== 'another-operation') return;
  const kind = verdict.replace('-', ' ');
  throw new ProposalError(`${page} describes ${kind}, but the spec describes ${operation}; nothing was proposed.`);
}

function remainingOfPage({ findings, notRead }: PageDrift, folder: string): RemainingDrift {
  return { ...splitAccepted(findings, folder), notRead: notRead.map(({ part, why }) => `${part}: ${why}`) };
}

function splitAccepted(findings: readonly Finding[], folder: string): Pick<RemainingDrift, 'toEdit' | 'known'> {
  const all = applyApprovals(findings, approvalsIn(folder, knownDriftFile)).findings;
  return {
    toEdit: all.filter(({ approval }) => approval === undefined),
    known: all.filter(({ approval }) => approval !== undefined),
  };
}
