import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startCountingServer } from './start-counting-server.js';

/** A run of full batches with an allowance, and with slow replies. */
export interface PacedRun {
  readonly requests: number;
  readonly inputsPerRequest: number;
  readonly allowance: { readonly requests: number; readonly perMs: number };
  readonly replyMs: readonly [min: number, max: number];
}

export interface PacedRunResult {
  /** The maximum number of requests that arrived in any window, by the clock of the server. */
  readonly maxInWindow: number;
  /** The requests that exceeded the allowance and got a 429. */
  readonly refused: number;
  /** From the start of the client process to the last reply. */
  readonly durationMs: number;
  /** Relative to the ideal, in which the last request is sent as early as the allowance permits: 0.1 is 10 % longer. */
  readonly overIdeal: number;
  readonly peakMegabytes: number;
  readonly cpuMs: number;
}

interface ClientReport {
  readonly created: number;
  readonly durationMs: number;
  readonly peakMegabytes: number;
  readonly cpuMs: number;
}

/** Sends requests as fast as the allowance permits, to a server in another process that enforces it. */
export async function runPaced({ replyMs, ...run }: PacedRun): Promise<PacedRunResult> {
  const { requests, inputsPerRequest, allowance } = run;
  const server = await startCountingServer(replyMs, allowance);
  try {
    const program = join(import.meta.dirname, 'paced-client.js');
    const client = [program, JSON.stringify({ url: server.url, ...run })];
    const { stdout } = await promisify(execFile)(process.execPath, client);
    const { created, durationMs, peakMegabytes, cpuMs } = JSON.parse(stdout) as ClientReport;
    if (created !== requests * inputsPerRequest) throw new Error('The paced run did not create every pair.');
    const { arrivals, refused } = await server.report();
    const idealMs = Math.floor((requests - 1) / allowance.requests) * allowance.perMs + replyMs[1];
    return {
      maxInWindow: maxInWindow(arrivals, allowance.perMs),
      refused,
      durationMs,
      overIdeal: Math.round((durationMs / idealMs - 1) * 1e4) / 1e4,
      peakMegabytes,
      cpuMs,
    };
  } finally {
    server.stop();
  }
}

function maxInWindow(arrivals: readonly number[], perMs: number): number {
  let first = 0;
  let max = 0;
  arrivals.forEach((arrival, index) => {
    while (arrival - (arrivals[first] ?? arrival) >= perMs) first += 1;
    max = Math.max(max, index - first + 1);
  });
  return max;
}
