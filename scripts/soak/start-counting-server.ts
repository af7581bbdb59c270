import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** The observations of the server. */
interface ServerReport {
  /** The arrival time of each request, in milliseconds by the clock of the server. */
  readonly arrivals: readonly number[];
  /** The requests that got a 429. */
  readonly refused: number;
}

/** The counting server in its own process. */
export interface CountingServer {
  readonly url: string;
  report(): Promise<ServerReport>;
  stop(): void;
}

/**
 * @param replyMs - The minimum and maximum time of a reply, in milliseconds.
 * @param allowance - The allowance to enforce, if any.
 */
export async function startCountingServer(
  replyMs: readonly [min: number, max: number],
  allowance?: { readonly requests: number; readonly perMs: number },
): Promise<CountingServer> {
  const program = join(import.meta.dirname, 'counting-server.ts');
  const numbers = allowance === undefined ? replyMs : [...replyMs, allowance.requests, allowance.perMs];
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...numbers.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface({ input: child.stdout })) {
    return {
      url,
      report: async () => (await (await fetch(`${url}/report`)).json()) as ServerReport,
      stop: () => {
        child.kill();
      },
    };
  }
  throw new Error('The counting server exited before it was listening.');
}
