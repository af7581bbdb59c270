import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, writePairs } from './command.js';
import { startSlowServer } from './slow-server.js';

/** A file that is overwritten while a command associates it. */
export interface ChangedFileRun {
  readonly rows: number;
  readonly batchSize: number;
  /** How many requests arrive before the file is overwritten, and as many again before the command is killed. */
  readonly requests: number;
  /** Whether the command is killed then, or goes on to its end. */
  readonly kill: boolean;
}

export interface ChangedFileResult {
  /** How the command ended that saw the file change; null if it was killed. */
  readonly interruptedExitCode: number | null;
  /** How the same command ended after the file was what it had been. */
  readonly exitCode: number | null;
  /** Rows of the file that the second command says nothing against, and that are not associated. */
  readonly missing: number;
}

/** Overwrites a file with other pairs of the same shape once requests are out, puts it back, and gives the command again. */
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
