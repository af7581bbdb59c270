import type { Change } from './change.js';
import { compareOperation } from './compare-operation.js';
import { describe, worstFirst } from './describe.js';
import { readDescription } from '../openapi/index.js';
import type { Finding } from './finding.js';
import { operationsOf, pairOperations, titleOf, type Operation } from './operations.js';
import type { Source } from './source.js';

/** How the description that HubSpot publishes differs from ours. */
export interface Drift {
  /** Changes from our description to HubSpot's, the worst first. The old place is the line of ours to edit. */
  readonly findings: readonly Finding[];
  /** Operations that only HubSpot describes, such as `POST /crm/…/batch/read`. */
  readonly notCaptured: readonly string[];
  /** What only our description states, so that it is neither confirmed nor contradicted. */
  readonly notStated: readonly string[];
}

/**
 * Compares our capture with HubSpot's description. The overlays of the capture are left out, because they
 * hold what the API does but its documentation does not say.
 *
 * @throws DescriptionError with file and line if a description cannot be read.
 */
export function describeDrift(capture: Source, published: Source): Drift {
  const old = readDescription(capture.text, capture.name);
  const changed = readDescription(published.text, published.name);
  const ours = operationsOf(old);
  const findings: Finding[] = [];
  const notCaptured: string[] = [];
  const notStated: string[] = [];
  for (const pair of pairOperations(ours, operationsOf(changed))) {
    if (pair.old === undefined) {
      if (pair.new !== undefined) notCaptured.push(titleOf(pair.new));
      continue;
    }
    const findOmission = omissionFinder(pair.new);
    const changes = compareOperation(pair);
    const stated = changes.filter((change) => findOmission(change) === undefined);
    findings.push(...describe(pair, stated, { old, new: changed, generated: ours }));
    notStated.push(...describeOmissions(changes, findOmission));
  }
  return { findings: worstFirst(findings), notCaptured, notStated };
}

/** Describes what the other description leaves out, if that explains the change. */
type FindOmission = (change: Change) => string | undefined;

function omissionFinder(operation: Operation | undefined): FindOmission {
  if (operation === undefined) return () => undefined;
  const { replies } = operation;
  const listed = new Set(replies.map(({ status }) => status.toLowerCase()));
  const hasHeaders = replies.some(({ value }) => 'headers' in value);
  return ({ part, ruleId }) => {
    const [, status] = /^responses\/(\S+)/.exec(part) ?? [];
    if (ruleId === 'header-removed' && !hasHeaders) return 'headers of replies';
    if (ruleId === 'error-status-added' && status === 'default') return 'error statuses that are not listed one by one';
    const isListed = status === undefined || status.startsWith('2') || listed.has(status);
    if (isListed) return undefined;
    return listed.has('default')
      ? `${part}, of which only a reply to any error is described`
      : `${part}, which is not described`;
  };
}

function describeOmissions(changes: readonly Change[], findOmission: FindOmission): string[] {
  const details = new Map<string, Set<string>>();
  for (const change of changes) {
    const about = findOmission(change);
    if (about === undefined) continue;
    const names = details.get(about) ?? new Set();
    const [, header] = / headers\/(\S+)/.exec(change.part) ?? [];
    for (const path of change.paths) names.add(header ?? path.replace(/^\./, ''));
    details.set(about, names);
  }
  return [...details].map(([about, names]) =>
    [about, [...names].filter((name) => name !== '').join(', ')].filter((text) => text !== '').join(': '),
  );
}
