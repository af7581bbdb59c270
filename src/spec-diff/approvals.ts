import { objectOf, parseSource } from '../openapi/index.js';
import { isMap, isSeq } from 'yaml';
import type { Finding } from './finding.js';

/** Somebody has looked at a finding and accepts it. */
export interface Approval {
  readonly fingerprint: string;
  readonly reason: string;
  /** File and line, such as `openapi/approvals.yaml:3`. */
  readonly place: string;
}

/** A finding, and the approval that covers it. */
export interface JudgedFinding extends Finding {
  readonly approval?: Approval;
}

/** The file of approvals is not as it has to be; the message names file and line. */
export class ApprovalsError extends Error {
  override readonly name = 'ApprovalsError';
}

const form = 'an approval is written "- fingerprint: 0123456789ab" with "reason: …" below it.';

/**
 * Reads a list `approvals` of fingerprints with reasons.
 *
 * @throws ApprovalsError when an approval has no fingerprint or no reason.
 */
export function readApprovals(text: string, name: string): Approval[] {
  const { document, lineOfOffset } = parseSource(text);
  const fail = (offset: number, reason: string): never => {
    throw new ApprovalsError(`${name}:${String(lineOfOffset(offset))}: ${reason}`);
  };
  const [problem] = document.errors;
  if (problem !== undefined) fail(problem.pos[0], problem.message.split('\n')[0] ?? problem.code);
  if (document.contents === null) return [];
  const list: unknown = isMap(document.contents) ? document.get('approvals', true) : undefined;
  if (!isSeq(list)) return fail(0, `needs a list "approvals"; ${form}`);

  return list.items.map((item) => {
    const offset = isMap(item) ? (item.range?.[0] ?? 0) : 0;
    const approval: unknown = isMap(item) ? item.toJS(document) : undefined;
    const { fingerprint, reason } = objectOf(approval);
    // Twelve digits without a letter are a number in YAML.
    const digits = typeof fingerprint === 'number' ? String(fingerprint).padStart(12, '0') : fingerprint;
    if (typeof digits !== 'string' || !/^[0-9a-f]{12}$/.test(digits)) {
      return fail(offset, `needs a fingerprint of twelve hexadecimal digits, as the report gives it; ${form}`);
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      return fail(offset, `says no reason for approving ${digits}; ${form}`);
    }
    const place = `${name}:${String(lineOfOffset(offset))}`;
    return { fingerprint: digits, reason: reason.trim(), place };
  });
}

/** Findings with their approvals, and the approvals that no finding needs. */
export function applyApprovals(
  findings: readonly Finding[],
  approvals: readonly Approval[],
): { findings: JudgedFinding[]; unused: Approval[] } {
  const known = new Map(approvals.map((approval) => [approval.fingerprint, approval]));
  const met = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    findings: findings.map((finding) => {
      const approval = known.get(finding.fingerprint);
      return approval === undefined ? finding : { ...finding, approval };
    }),
    unused: approvals.filter(({ fingerprint }) => !met.has(fingerprint)),
  };
}
