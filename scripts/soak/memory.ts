import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startCountingServer } from './start-counting-server.js';

/** The memory and time that the command needed. */
export interface MemoryResult {
  readonly rows: number;
  readonly peakMegabytes: number;
  readonly seconds: number;
}

const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** Prints the peak memory of the process in kilobytes to standard error on exit. */
const printPeakMemory =
  "data:text/javascript,process.once('exit',()=>process._rawDebug('peak',process.resourceUsage().maxRSS))";

/** Runs the built command with a file, with a ledger and without an allowance. */
export async function measureMemory(rows: number): Promise<MemoryResult> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const server = await startCountingServer([0, 0]);
  try {
    const file = join(folder, 'pairs.csv');
    await pipeline(Readable.from(csv(rows)), createWriteStream(file));
    const options = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279', '--quiet', '--json'];
    const target = ['--base-url', server.url, '--allowance', 'none', '--ledger', join(folder, 'ledger.ndjson')];
    const startedAt = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', printPeakMemory, program, 'create', file, ...options, ...target],
      {
        env: { ...process.env, HUBSPOT_ACCESS_TOKEN: 'any' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    const { exitCode } = child;
    const [, peak] = /peak (\d+)/.exec(stderr) ?? [];
    if (exitCode !== 0 || peak === undefined)
      throw new Error(`The command exited with code ${String(exitCode)}: ${stderr}`);
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return { rows, peakMegabytes: Math.round(Number(peak) / 1_024), seconds };
  } finally {
    server.stop();
    await rm(folder, { recursive: true });
  }
}

function* csv(rows: number): Generator<string, void> {
  yield 'from_id,to_id\n';
  const block = 1_000;
  for (let first = 1; first <= rows; first += block) {
    const count = Math.min(block, rows - first + 1);
    yield Array.from({ length: count }, (_, index) => `${String(first + index)},${String(1 + (index % 997))}\n`).join(
      '',
    );
  }
}
