import type { Change } from './change.js';
import { compareOperation } from './compare-operation.js';
import { describe, worstFirst } from './describe.js';
import { readDescription } from '../openapi/index.js';
import type { Finding } from './finding.js';
import { operationsOf, pairOperations, titleOf, type Operation } from './operations.js';
import type { Source } from './source.js';

/** How a description that the vendor has published differs from ours. */
export interface Drift {
  /** From ours to the vendor's, so the old place is the line of ours to edit; the worst first. */
  readonly findings: readonly Finding[];
  /** Operations that the vendor describes and we do not, such as `POST /crm/…/batch/read`. */
  readonly notCaptured: readonly string[];
  /** What we describe and the vendor is silent about: neither a difference nor agreement. */
  readonly notStated: readonly string[];
}

/**
 * Compares our capture with the vendor's description. The capture is compared as it is written, without its
 * overlays: they hold what the API is known to do and its documentation does not say.
 *
 * @throws DescriptionError when one of them cannot be read, with its file and line.
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
    const silence = silenceOf(pair.new);
    const changes = compareOperation(pair);
    const stated = changes.filter((change) => silence(change) === undefined);
    findings.push(...describe(pair, stated, { old, new: changed, generated: ours }));
    notStated.push(...silencesOf(changes, silence));
  }
  return { findings: worstFirst(findings), notCaptured, notStated };
}

/** Says of a change what the other description is silent about, if it is that. */
type Silence = (change: Change) => string | undefined;

function silenceOf(operation: Operation | undefined): Silence {
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

function silencesOf(changes: readonly Change[], silence: Silence): string[] {
  const details = new Map<string, Set<string>>();
  for (const change of changes) {
    const about = silence(change);
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
