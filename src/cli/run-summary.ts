import type { AssociateCounts } from '../bulk/associate.js';
import type { Counts } from '../bulk/tally.js';
import { ApiError, type StoppedError } from '../client/errors.js';
import { isTransient } from '../client/status-table.js';
import type { Encoding } from '../files/decode-blocks.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Forecast } from './forecast.js';
import type { ReasonCount } from './reasons.js';
import type { RowSettlement } from './row-settlement.js';

/** The result of a run of `create`. */
export interface RunSummary extends AssociateCounts {
  readonly target: string;
  readonly counts: Counts;
  /** Rows that were not read again before the run stopped. They count as unsent. */
  readonly unread: number | 'unknown';
  readonly reasons: readonly ReasonCount[];
  /** The number of rows that repeat the pair of another row. */
  readonly mergedRows: number;
  /** The number of rows whose outcome was in the ledger. */
  readonly rowsOfEarlierRuns: number;
  readonly unmatchedErrors: number;
  readonly encoding: Encoding;
  readonly durationMs: number;
  readonly stopped: StoppedError | undefined;
  /** The paths of the output files, if they could be written. */
  readonly rejects: string | undefined;
  readonly results: string | undefined;
  /** The forecast of a dry run. */
  readonly forecast: Forecast | undefined;
  readonly exitCode: ExitCode;
}

/** The input of a summary. */
export interface RunEnd
  extends Pick<RunSummary, 'target' | 'encoding' | 'stopped' | 'rejects' | 'results' | 'forecast'>, AssociateCounts {
  readonly settlement: RowSettlement;
  /** The number of rows that were not read; `undefined` if the file's number of rows is unknown. */
  readonly unreadRows: number | undefined;
  readonly startedAt: number;
}

/** Sums up a run, or a dry run, and checks that every row is accounted for. */
export function summarize({ settlement, unreadRows, startedAt, ...end }: RunEnd): RunSummary {
  const counts = settlement.counts(unreadRows ?? 0);
  const isUnknown = unreadRows === undefined && end.stopped !== undefined;
  return {
    ...end,
    counts,
    unread: isUnknown ? 'unknown' : (unreadRows ?? 0) + settlement.unlistedRows,
    reasons: settlement.reasons,
    mergedRows: settlement.mergedRows + (end.forecast?.mergedRows ?? 0),
    rowsOfEarlierRuns: settlement.knownRows,
    unmatchedErrors: settlement.unmatchedErrors,
    durationMs: Math.round(performance.now() - startedAt),
    exitCode: exitCodeOf(end.forecast === undefined ? counts : asIfSent(counts), end.stopped),
  };
}

/** A dry run succeeds if every row can be sent. */
function asIfSent(counts: Counts): Counts {
  return { ...counts, created: counts.unsent, unsent: 0 };
}

/** Determines the exit code. A run that stopped before anything was associated has done nothing. */
function exitCodeOf(counts: Counts, stopped: StoppedError | undefined): ExitCode {
  if (stopped === undefined) return counts.created === counts.inputs ? exitCodes.allCreated : exitCodes.someNotCreated;
  return counts.created + counts.unconfirmed === 0 && !canBeResumed(stopped)
    ? exitCodes.nothingDone
    : exitCodes.stopped;
}

/** Whether running the same command again, perhaps later, can resume the run. */
function canBeResumed({ reason, cause }: StoppedError): boolean {
  return reason === 'aborted' || (cause instanceof ApiError && isTransient(cause));
}
