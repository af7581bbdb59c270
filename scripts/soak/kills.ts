import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, writePairs } from './command.js';
import { startSlowServer } from './slow-server.js';

/** A run whose command is killed repeatedly. */
export interface KilledRun {
  readonly rows: number;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly kills: number;
  readonly seed: number;
  /** The wrapper of each start. @see CommandOptions.within */
  readonly within?: (start: number) => readonly string[];
}

export interface KilledRunResult {
  /** Pairs that are associated in the end. */
  readonly associated: number;
  /** Pairs that were sent although they were already associated. */
  readonly resent: number;
  /** The maximum number of pairs in flight at all kills. */
  readonly maxInFlight: number;
  readonly exitCode: number | null;
}

/** Kills the command with SIGKILL and restarts it, several times, and lets the last one finish. */
export async function runKilled(run: KilledRun): Promise<KilledRunResult> {
  const { rows, batchSize, concurrency, kills, seed, within = () => [] } = run;
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const server = await startSlowServer(seed);
  try {
    const file = join(folder, 'pairs.csv');
    await writePairs(file, 1, rows);
    const command = { file, ledger: join(folder, 'ledger.ndjson'), url: server.url, batchSize, concurrency };
    const batches = Math.ceil(rows / batchSize);
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = startCommand({ ...command, within: within(kill) });
      const ended = once(child, 'exit');
      await server.untilRequests(Math.floor((batches * kill) / (kills + 1)), ended);
      child.kill('SIGKILL');
      await ended;
    }
    const last = startCommand({ ...command, within: within(kills + 1) });
    await once(last, 'exit');
    const { associated, unchanged } = server.simulator.counts();
    const maxInFlight = kills * concurrency * batchSize;
    return { associated, resent: unchanged, maxInFlight, exitCode: last.exitCode };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
