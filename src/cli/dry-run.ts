import { StoppedError, messageOf } from '../client/errors.js';
import { openRows } from '../files/open-rows.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { withInterrupt } from './interrupt.js';
import { exitCodeOf, printSummary } from './print-summary.js';
import { openRejects } from './rejects.js';
import { createRowSettlement } from './row-settlement.js';

/** Reads and checks a file, and sends nothing. Only rows that cannot be sent are rejected. */
export function dryRun(parsed: CreateArguments): Promise<ExitCode> {
  return withInterrupt(async (interrupt) => {
    const startedAt = performance.now();
    const source = await openRows(parsed.file, { defaultTypes: parsed.types, signal: interrupt.signal });
    const onFailure = (message: string): void => {
      interrupt.abort(new Error(message));
    };
    const rejects = await openRejects(parsed.rejects, source.columns, onFailure);
    const settlement = createRowSettlement({ ledger: undefined, rejects, onFailure });
    let good = 0;
    let stopped: StoppedError | undefined;
    try {
      for await (const rows of source.chunks) {
        for (const row of rows) {
          settlement.read();
          if (row.input === undefined) settlement.invalid(row, row.error);
          else good += 1;
        }
        await settlement.flush();
      }
    } catch (error) {
      stopped = new StoppedError(messageOf(error), { reason: 'source', cause: error });
    }
    settlement.unsent(good);
    const counts = settlement.counts(0);
    const rejectsFailure = await rejects.close();
    if (rejectsFailure !== undefined) stopped ??= new StoppedError(rejectsFailure, { reason: 'aborted' });
    const exitCode = exitCodeOf({ ...counts, created: counts.unsent, unsent: 0 }, stopped);
    printSummary(parsed, {
      ...{ requests: 0, retries: 0, waitedMs: 0, mergedRows: 0, rowsOfEarlierRuns: 0, unmatchedErrors: 0 },
      target: 'nothing sent (dry run)',
      counts,
      unread: stopped === undefined ? 0 : 'unknown',
      reasons: settlement.reasons,
      durationMs: Math.round(performance.now() - startedAt),
      stopped,
      rejects: rejectsFailure === undefined ? parsed.rejects : undefined,
      exitCode,
    });
    return exitCode;
  });
}
