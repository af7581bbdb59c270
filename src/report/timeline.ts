import type { Timeline } from './model.js';
import type { Run } from './work-clock.js';

/** When requests were sent and batches finished, in milliseconds of work. */
export interface Marks {
  readonly requestMs: readonly number[];
  readonly batchMs: readonly number[];
  readonly batchTookMs: readonly number[];
  readonly batchRequests: readonly number[];
  readonly batchRows: readonly number[];
}

const mostSteps = 600;
const stepsMs = [10, 20, 50, 100, 200, 500].flatMap((ms) => [ms, ms * 100, ms * 10_000]);

/** Makes the data of the plots: what happened in each step of the time of work. */
export function timelineOf(marks: Marks, runs: readonly Run[]): Timeline {
  const endMs = Math.max(1, ...lastOf(marks.requestMs), ...lastOf(marks.batchMs));
  const stepMs = [...stepsMs].sort((a, b) => a - b).find((ms) => endMs / ms <= mostSteps) ?? endMs / mostSteps;
  const windowMs = runs.findLast(({ allowance }) => allowance !== null)?.allowance?.perMs ?? 10_000;
  const steps = Math.ceil(endMs / stepMs);
  const ends = Array.from({ length: steps }, (_, step) => (step + 1) * stepMs);
  // Rows finish in bursts, like requests, so their rate is averaged over the window.
  const smoothMs = endMs > 2 * windowMs ? Math.max(windowMs, stepMs) : Math.max(stepMs, endMs / 20);
  return {
    stepSeconds: stepMs / 1_000,
    windowSeconds: windowMs / 1_000,
    meanSeconds: seconds(smoothMs),
    at: ends.map((ms) => ms / 1_000),
    requests: mostInWindow(Float64Array.from(marks.requestMs).sort(), ends, windowMs),
    limit: ends.map((ms) => limitAt(ms, runs, windowMs)),
    rowsPerSecond: meanRates(marks, ends, smoothMs),
    batchAt: marks.batchMs.map(seconds),
    batchSeconds: marks.batchTookMs.map(seconds),
    batchRequests: marks.batchRequests,
    runsAt: runs.slice(1).map(({ beganMs }) => seconds(beganMs)),
  };
}

/** For each step, the most requests in any window that ends within the step. */
function mostInWindow(requestMs: Float64Array, ends: readonly number[], windowMs: number): number[] {
  let next = 0;
  let oldest = 0;
  const dropUntil = (ms: number): void => {
    while (oldest < next && (requestMs[oldest] ?? 0) <= ms - windowMs) oldest += 1;
  };
  return ends.map((end, step) => {
    dropUntil(ends[step - 1] ?? 0);
    let most = next - oldest;
    for (; (requestMs[next] ?? Infinity) <= end; next += 1) {
      dropUntil(requestMs[next] ?? 0);
      most = Math.max(most, next + 1 - oldest);
    }
    return most;
  });
}

function limitAt(ms: number, runs: readonly Run[], windowMs: number): number | null {
  const { allowance } = runs.findLast(({ beganMs }) => beganMs < ms) ?? {};
  return allowance ? (allowance.requests * windowMs) / allowance.perMs : null;
}

/** Rows per second, averaged over the time before the end of each step. */
function meanRates({ batchMs, batchRows }: Marks, ends: readonly number[], smoothMs: number): number[] {
  let next = 0;
  let oldest = 0;
  let rows = 0;
  return ends.map((end) => {
    for (; (batchMs[next] ?? Infinity) <= end; next += 1) rows += batchRows[next] ?? 0;
    for (; oldest < next && (batchMs[oldest] ?? 0) <= end - smoothMs; oldest += 1) rows -= batchRows[oldest] ?? 0;
    return Math.round(rows / (smoothMs / 1_000));
  });
}

/** The maximum number of requests in one window. */
export function peakOf({ requests }: Timeline): number {
  return requests.reduce((most, count) => Math.max(most, count), 0);
}

function lastOf(times: readonly number[]): number[] {
  return times.length === 0 ? [] : [times.reduce((last, ms) => Math.max(last, ms))];
}

function seconds(ms: number): number {
  return Math.round(ms) / 1_000;
}
