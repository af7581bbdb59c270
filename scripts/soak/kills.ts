import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, serve } from '../../src/simulator/index.js';

/** A file that is associated by a command which is killed again and again. */
export interface KilledRun {
  readonly rows: number;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly kills: number;
  readonly seed: number;
}

export interface KilledRunResult {
  /** Pairs that are associated in the end. */
  readonly associated: number;
  /** Pairs that were sent although they were associated already. */
  readonly sentAgain: number;
  /** As many as can have been under way at the kills. */
  readonly mostUnderWay: number;
  readonly exitCode: number | null;
}

const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** Kills the command with SIGKILL while it works, gives it again, and lets the last one end. */
export async function runKilled({ rows, batchSize, concurrency, kills, seed }: KilledRun): Promise<KilledRunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const simulator = createSimulator({ faults: { seed, faults: [{ kind: 'latency', ms: { uniform: [1, 20] } }] } });
  const arrived = new EventEmitter();
  const server = await serve((request) => {
    const reply = simulator.fetch(request);
    arrived.emit('request');
    return reply;
  });
  try {
    const file = join(folder, 'pairs.csv');
    await writeFile(
      file,
      ['from_id,to_id', ...Array.from({ length: rows }, (_, row) => `${String(row + 1)},1`)].join('\n'),
    );
    const args = ['create', file, '--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];
    const pace = ['--batch-size', String(batchSize), '--concurrency', String(concurrency), '--allowance', 'none'];
    const target = ['--base-url', server.url, '--ledger', join(folder, 'ledger.ndjson'), '--quiet'];
    const start = (): ReturnType<typeof spawn> =>
      spawn(process.execPath, [program, ...args, ...pace, ...target], {
        env: { ...process.env, HUBSPOT_ACCESS_TOKEN: 'any' },
        stdio: 'ignore',
      });
    const batches = Math.ceil(rows / batchSize);
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = start();
      const ended = once(child, 'exit');
      const requests = Math.floor((batches * kill) / (kills + 1));
      while (simulator.requests() < requests && child.exitCode === null) {
        await Promise.race([once(arrived, 'request'), ended]);
      }
      child.kill('SIGKILL');
      await ended;
    }
    const last = start();
    await once(last, 'exit');
    const { exitCode } = last;
    const { associated, unchanged } = simulator.counts();
    return { associated, sentAgain: unchanged, mostUnderWay: kills * concurrency * batchSize, exitCode };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
