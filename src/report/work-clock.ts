import type { RunFacts, RunReport } from './model.js';
import type { Allowance } from './records.js';

/** A run while its records are being read. */
export interface Run {
  readonly startMs: number;
  lastMs: number;
  /** When the run began, in the time of work. */
  readonly beganMs: number;
  state: RunReport['state'];
  stopped: string | null;
  file: string | null;
  /** The arguments of its command. */
  arguments: readonly string[] | null;
  allowance: Allowance | null;
  batches: number;
  requests: number;
  rows: number;
}

/**
 * Measures consecutive runs in the time of work: the time between runs is left out, except for one window
 * of the allowance.
 */
export interface WorkClock {
  readonly runs: readonly Run[];
  /** The run that is in progress at this time; starts one if there is none. */
  at(ms: number): Run;
  begin(ms: number): Run;
  /** Converts a time of the current run to milliseconds of work from the beginning. */
  worked(ms: number): number;
  readonly workedMs: number;
}

/**
 * How long requests of a run still count in the next one, if no allowance is recorded: HubSpot's window,
 * the same for all tiers.
 */
const usualWindowMs = 10_000;

export function createWorkClock(): WorkClock {
  const runs: Run[] = [];
  const begin = (ms: number): Run => {
    const before = runs.at(-1);
    const windowMs = before?.allowance?.perMs ?? usualWindowMs;
    const pauseMs = before === undefined ? 0 : Math.min(Math.max(0, ms - before.lastMs), windowMs);
    const beganMs = before === undefined ? 0 : before.beganMs + before.lastMs - before.startMs + pauseMs;
    const { file = null, arguments: given = null, allowance = null } = before ?? {};
    const run: Run = {
      ...{ startMs: ms, lastMs: ms, beganMs, state: 'open', stopped: null, file, arguments: given, allowance },
      ...{ batches: 0, requests: 0, rows: 0 },
    };
    runs.push(run);
    return run;
  };
  const current = (ms: number): Run => {
    const last = runs.at(-1);
    return last?.state === 'open' ? last : begin(ms);
  };
  return {
    runs,
    begin,
    at: (ms) => {
      const run = current(ms);
      run.lastMs = Math.max(run.lastMs, ms);
      return run;
    },
    worked: (ms) => {
      const run = current(ms);
      return run.beganMs + Math.max(0, ms - run.startMs);
    },
    get workedMs() {
      return runs.reduce((sum, { startMs, lastMs }) => sum + lastMs - startMs, 0);
    },
  };
}

export function factsOf({ startMs, lastMs, state, stopped, batches, requests, rows }: Run): RunFacts {
  const [startedAt, lastAt] = [startMs, lastMs].map((ms) => new Date(ms).toISOString());
  return { startedAt: startedAt ?? '', lastAt: lastAt ?? '', state, stopped, batches, requests, rows };
}
