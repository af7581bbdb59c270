import type { BatchEntry, ReportRecord } from './records.js';

/** The options of a sample ledger. */
export interface SampleOptions {
  readonly batches: number;
  readonly rowsPerBatch?: number;
  readonly allowance?: { readonly requests: number; readonly perMs: number } | null;
  /** The batch after which each run except the last is killed. */
  readonly killedAfter?: readonly number[];
  /** Whether the last run has ended. */
  readonly ended?: boolean;
}

const begin = Date.parse('2026-11-25T08:00:00Z');

/** The records of a run on a busy account: bursts, 429s, slow phases, refused rows. */
export function* sampleRecords(options: SampleOptions): Generator<ReportRecord, void> {
  const { batches, rowsPerBatch = 2_000, allowance = { requests: 100, perMs: 10_000 } } = options;
  const { killedAfter = [], ended = true } = options;
  const rows = batches * rowsPerBatch;
  const random = seeded(7);
  const iso = (ms: number): string => new Date(begin + ms).toISOString();
  const parameters = { target: 'https://api.hubapi.com', fromObjectType: 'contacts', toObjectType: 'companies', types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }] }; // prettier-ignore
  const file = 'exports/contacts-to-companies.csv';
  const given = ['create', file, '--from', 'contacts', '--to', 'companies', '--ledger', 'run.ndjson'];
  const run = (ms: number): ReportRecord => ({ type: 'run', at: iso(ms), file, arguments: given, allowance });
  yield { type: 'begin', at: iso(0), input: { rows }, parameters };
  yield run(0);
  const failed = { failed: 0, unconfirmed: 0 };
  const perMs = allowance?.perMs ?? 1_000;
  // Leaves room for retries in the window.
  const burst = allowance === null ? 50 : allowance.requests - 6;
  let startMs = 200;
  let ofRun = 0;
  /** The records of the current run, in order of time. */
  let records: { readonly atMs: number; readonly record: ReportRecord }[] = [];
  const flush = function* (): Generator<ReportRecord, void> {
    yield* records.sort((a, b) => a.atMs - b.atMs).map(({ record }) => record);
    records = [];
  };
  for (let number = 1; number <= batches; number += 1) {
    const sentMs = startMs + Math.floor(ofRun / burst) * (perMs + 5) + (ofRun % burst) * 4;
    ofRun += 1;
    const isSlow = number % 997 > 960;
    const isRetried = random() < 0.012;
    const after = random() < 0.7 ? '429' : random() < 0.7 ? '503' : 'TIMEOUT';
    const waited = ofRun > burst ? { waitedMs: Math.round(perMs * 0.8) } : {};
    const retryMs = isRetried ? Math.round(900 + 2_500 * random()) : 0;
    const doneMs = sentMs + retryMs + Math.round(280 + 420 * random() ** 3 + (isSlow ? 2_000 * random() : 0));
    const batch = batchOf(2 + (number - 1) * rowsPerBatch, rowsPerBatch, random);
    for (const { kind } of batch.notCreated) if (kind === 'failed' || kind === 'unconfirmed') failed[kind] += 1;
    const correlationIds = [`0190f3a1-7c2e-7d10-9b1c-${String(number).padStart(12, '0')}`];
    records.push({ atMs: sentMs, record: { type: 'request', at: iso(sentMs), batch: ofRun, ...waited } });
    if (isRetried) records.push({ atMs: sentMs + retryMs, record: { type: 'request', at: iso(sentMs + retryMs), batch: ofRun, attempt: 2, after } }); // prettier-ignore
    records.push({
      atMs: doneMs,
      record: {
        ...{ type: 'batch', number: ofRun, startedAt: iso(sentMs - 5), finishedAt: iso(doneMs), ...batch },
        ...{ requests: isRetried ? 2 : 1, correlationIds },
      },
    });
    if (!killedAfter.includes(number)) continue;
    yield* flush();
    startMs = doneMs + 3_600_000;
    ofRun = 0;
    yield run(startMs);
  }
  const endMs = Math.max(...records.map(({ atMs }) => atMs).slice(-burst)) + 40;
  yield* flush();
  if (!ended) return;
  const invalid = { reason: 'column to_id is empty.', count: 3, rows: [14, 1_470, 4_269] };
  const created = rows - failed.failed - failed.unconfirmed - invalid.count;
  const counts = { inputs: rows, created, ...failed, invalid: invalid.count, unsent: 0 };
  yield { type: 'end', at: iso(endMs), counts, stopped: null, invalid: [invalid] };
}

function batchOf(
  first: number,
  rows: number,
  random: () => number,
): Pick<BatchEntry, 'created' | 'notCreated' | 'unmatchedErrors'> {
  const last = first + rows - 1;
  if (random() > 0.06) return { created: [[first, last]], notCreated: [], unmatchedErrors: [] };
  const id = String(10_000 + Math.floor(80_000 * random()));
  const kind = random();
  const failure =
    kind < 0.7
      ? { kind: 'failed', category: 'OBJECT_NOT_FOUND', reason: `The API refused ${id} → 9991400212: No company with ID 9991400212 exists.` } // prettier-ignore
      : kind < 0.9
        ? { kind: 'failed', category: 'VALIDATION_ERROR', reason: `The API refused ${id} → 81: One or more associations are invalid.` } // prettier-ignore
        : { kind: 'unconfirmed', category: 'TIMEOUT', reason: 'POST /crm/associations/2025-09/contacts/companies/batch/create had no whole reply within 120000 ms.' }; // prettier-ignore
  const notCreated = [0, 1, 2].map((row) => ({ row: last - row, ...failure }) as BatchEntry['notCreated'][number]);
  return { created: [[first, last - 3]], notCreated, unmatchedErrors: [] };
}

/** A generator of numbers from 0 to 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
