import { createAssociationsClient } from '../../src/index.js';
import { pairs } from './pairs.js';
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
  readonly durationMs: number;
  /** What no client can fall short of: the last request as early as the allowance lets it go, and its reply. */
  readonly idealMs: number;
}

/** Sends requests as fast as the allowance lets them go, and sees them arrive in another process. */
export async function runPaced(run: PacedRun): Promise<PacedRunResult> {
  const { requests, inputsInRequest, allowance, replyMs } = run;
  const server = await startCountingServer(replyMs);
  try {
    const client = createAssociationsClient({ accessToken: 'any', baseUrl: server.url, allowance });
    const startedAt = performance.now();
    const summary = await client.createAll({
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      inputs: pairs(requests * inputsInRequest),
      batchSize: inputsInRequest,
    }).summary;
    const durationMs = Math.round(performance.now() - startedAt);
    if (summary.created !== requests * inputsInRequest) throw new Error('The paced run has not created every pair.');
    const windows = Math.floor((requests - 1) / allowance.requests);
    return {
      mostInWindow: mostInWindow(await server.arrivals(), allowance.perMs),
      durationMs,
      idealMs: windows * allowance.perMs + replyMs[1],
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
