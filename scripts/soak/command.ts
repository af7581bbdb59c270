import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** The options of a run of the command line. */
export interface CommandOptions {
  readonly file: string;
  readonly ledger: string;
  readonly url: string;
  readonly batchSize: number;
  readonly concurrency: number;
  /** A wrapper, such as a container, which receives the command as its last arguments. */
  readonly within?: readonly string[];
}

/** Starts the built command with a ledger and without an allowance. */
export function startCommand({ file, ledger, url, batchSize, concurrency, within = [] }: CommandOptions): ChildProcess {
  const types = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];
  const pace = ['--batch-size', String(batchSize), '--concurrency', String(concurrency), '--allowance', 'none'];
  const target = ['--base-url', url, '--ledger', ledger, '--quiet'];
  const command = [...within, process.execPath, program, 'create', file, ...types, ...pace, ...target];
  return spawn(command[0] ?? '', command.slice(1), {
    env: { ...process.env, HUBSPOT_ACCESS_TOKEN: 'any' },
    stdio: 'ignore',
  });
}

/** Writes or overwrites a file of pairs: contacts from `first` on, all with one company. */
export function writePairs(file: string, first: number, rows: number): Promise<void> {
  const lines = Array.from({ length: rows }, (_, row) => `${String(first + row)},1`);
  return writeFile(file, ['from_id,to_id', ...lines].join('\n'));
}
