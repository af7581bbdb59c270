import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, writePairs } from './command.js';
import { startSlowServer } from './slow-server.js';

/** A file that is associated by a command which is killed again and again. */
export interface KilledRun {
  readonly rows: number;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly kills: number;
  readonly seed: number;
  /** What starts the command each time. @see CommandOptions.within */
  readonly within?: (start: number) => readonly string[];
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

/** Kills the command with SIGKILL while it works, gives it again, and lets the last one end. */
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
    const mostUnderWay = kills * concurrency * batchSize;
    return { associated, sentAgain: unchanged, mostUnderWay, exitCode: last.exitCode };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
