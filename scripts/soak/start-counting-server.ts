import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** The counting server, in a process of its own. */
export interface CountingServer {
  readonly url: string;
  /** When each request arrived, in milliseconds of the server's own clock. */
  arrivals(): Promise<number[]>;
  stop(): void;
}

/** @param replyMs - How long a reply takes at least and at most, in milliseconds. */
export async function startCountingServer(replyMs: readonly [least: number, most: number]): Promise<CountingServer> {
  const program = join(import.meta.dirname, 'counting-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...replyMs.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface({ input: child.stdout })) {
    return {
      url,
      arrivals: async () => {
        const times: unknown = await (await fetch(`${url}/arrivals`)).json();
        return Array.isArray(times) ? times.map(Number) : [];
      },
      stop: () => {
        child.kill();
      },
    };
  }
  throw new Error('The counting server has ended before it listened.');
}
