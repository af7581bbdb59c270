import type { FinishedBatch } from '../bulk/outcome.js';
import type { Counts } from '../bulk/tally.js';
import { messageOf, type StoppedError } from '../client/errors.js';
import type { Ledger } from '../ledger/ledger.js';
import { rangesOf } from '../ledger/row-ranges.js';
import { reasonOf } from './reasons.js';
import type { RowOutcome } from './row-outcomes.js';

/**
 * Writes a finished batch into the ledger, if there is one.
 *
 * @returns What the rows count as. Where the record could not be written, rows that were associated
 *   are unconfirmed, since the next run does not know of them; and this one is interrupted.
 */
export async function record(
  ledger: Ledger | undefined,
  batch: FinishedBatch,
  outcomes: readonly RowOutcome[],
  interrupt: AbortController,
): Promise<readonly RowOutcome[]> {
  if (ledger === undefined || batch.requests === 0) return outcomes;
  const created = outcomes.filter(({ kind }) => kind === 'created').map(({ row }) => row.line);
  try {
    await ledger.append({
      type: 'batch',
      number: batch.number,
      startedAt: batch.startedAt.toISOString(),
      finishedAt: batch.finishedAt.toISOString(),
      requests: batch.requests,
      correlationIds: batch.correlationIds,
      created: rangesOf(created),
      notCreated: outcomes.flatMap((outcome) =>
        outcome.kind === 'created'
          ? []
          : [{ row: outcome.row.line, kind: outcome.kind, reason: reasonOf(outcome.error) }],
      ),
      unmatchedErrors: batch.unmatchedErrors,
    });
    return outcomes;
  } catch (error) {
    const message = `The ledger cannot be written: ${messageOf(error)}. Make room, and give the same command again.`;
    interrupt.abort(new Error(message));
    const reason = 'associated, and not in the ledger: the next run sends it again, which changes nothing.';
    return outcomes.map((outcome) =>
      outcome.kind === 'created' ? { row: outcome.row, kind: 'unconfirmed', error: reason } : outcome,
    );
  }
}

/** Writes how the run ended. That it could not be written loses nothing: every batch is there. */
export async function recordEnd(
  ledger: Ledger | undefined,
  counts: Counts,
  stopped: StoppedError | undefined,
): Promise<void> {
  await ledger
    ?.append({ type: 'end', at: new Date().toISOString(), counts, stopped: stopped?.message ?? null })
    .catch(() => undefined);
}
