import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, writePairs } from './command.js';
import { startSlowServer } from './slow-server.js';

/** A run whose file is overwritten while the command reads it. */
export interface ChangedFileRun {
  readonly rows: number;
  readonly batchSize: number;
  /** Requests before the file is overwritten; the command is killed after twice as many. */
  readonly requests: number;
  /** Whether to kill the command. */
  readonly kill: boolean;
}

export interface ChangedFileResult {
  /** The exit code of the command whose file changed; null if it was killed. */
  readonly interruptedExitCode: number | null;
  /** The exit code of the same command after the file was restored. */
  readonly exitCode: number | null;
  /** Rows of the file that are not associated in the end. */
  readonly missing: number;
}

/** Overwrites the file with other pairs during the run, restores it, and runs the command again. */
export async function runWithChangedFile(run: ChangedFileRun): Promise<ChangedFileResult> {
  const { rows, batchSize, requests, kill } = run;
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const server = await startSlowServer(1);
  try {
    const file = join(folder, 'pairs.csv');
    const first = 1_000_000;
    await writePairs(file, first, rows);
    const command = { file, ledger: join(folder, 'ledger.ndjson'), url: server.url, batchSize, concurrency: 4 };
    const interrupted = startCommand(command);
    const ended = once(interrupted, 'exit');
    await server.untilRequests(requests, ended);
    await writePairs(file, first + rows, rows);
    if (kill) {
      await server.untilRequests(2 * requests, ended);
      interrupted.kill('SIGKILL');
    }
    await ended;

    await writePairs(file, first, rows);
    const last = startCommand(command);
    await once(last, 'exit');
    const associated = new Set(server.simulator.associations('contacts', 'companies').map(({ fromObjectId }) => fromObjectId)); // prettier-ignore
    const missing = Array.from({ length: rows }, (_, row) => String(first + row)).filter((id) => !associated.has(id));
    return { interruptedExitCode: interrupted.exitCode, exitCode: last.exitCode, missing: missing.length };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
