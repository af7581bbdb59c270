import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** What the server has seen. */
interface ServerReport {
  /** When each request arrived, in milliseconds of the server's own clock. */
  readonly arrivals: readonly number[];
  /** How many it answered with 429. */
  readonly refused: number;
}

/** The counting server, in a process of its own. */
export interface CountingServer {
  readonly url: string;
  report(): Promise<ServerReport>;
  stop(): void;
}

/**
 * @param replyMs - How long a reply takes at least and at most, in milliseconds.
 * @param allowance - What it enforces; nothing without it.
 */
export async function startCountingServer(
  replyMs: readonly [least: number, most: number],
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
  throw new Error('The counting server has ended before it listened.');
}
