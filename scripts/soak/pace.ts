import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startCountingServer } from './start-counting-server.js';

/** So many requests under an allowance, to a server whose replies take so long. */
export interface PacedRun {
  readonly requests: number;
  readonly inputsInRequest: number;
  readonly allowance: { readonly requests: number; readonly perMs: number };
  readonly replyMs: readonly [least: number, most: number];
}

export interface PacedRunResult {
  /** The most requests that the server saw arrive in any window, by its own clock. */
  readonly mostInWindow: number;
  /** How many the server answered with 429, since they were over the allowance. */
  readonly refused: number;
  /** From the start of the client's process to the last reply. */
  readonly durationMs: number;
  /** The time over what no client can fall short of: the last request as early as the allowance lets it go, and its reply. */
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

/** Sends requests as fast as the allowance lets them go, to a server in another process that enforces it. */
export async function runPaced({ replyMs, ...run }: PacedRun): Promise<PacedRunResult> {
  const { requests, inputsInRequest, allowance } = run;
  const server = await startCountingServer(replyMs, allowance);
  try {
    const program = join(import.meta.dirname, 'paced-client.js');
    const client = [program, JSON.stringify({ url: server.url, ...run })];
    const { stdout } = await promisify(execFile)(process.execPath, client);
    const { created, durationMs, peakMegabytes, cpuMs } = JSON.parse(stdout) as ClientReport;
    if (created !== requests * inputsInRequest) throw new Error('The paced run has not created every pair.');
    const { arrivals, refused } = await server.report();
    const idealMs = Math.floor((requests - 1) / allowance.requests) * allowance.perMs + replyMs[1];
    return {
      mostInWindow: mostInWindow(arrivals, allowance.perMs),
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

function mostInWindow(arrivals: readonly number[], perMs: number): number {
  let first = 0;
  let most = 0;
  arrivals.forEach((arrival, index) => {
    while (arrival - (arrivals[first] ?? arrival) >= perMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
