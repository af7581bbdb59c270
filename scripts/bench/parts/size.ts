import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv } from '../csv-file.js';
import { runCommand, runContender, withServer, type Measure } from '../run-process.js';
import { rounded, type Scale, type Table } from '../table.js';

/** Measures how time and memory grow with the number of inputs. */
export async function sizePart({ divisor }: Scale): Promise<Table> {
  const sizes = [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => divisor === 1 || size <= 1_000_000);
  const rows: (string | number)[][] = [];
  for (const pairs of sizes) {
    const library = await withServer(['fixed'], (url) =>
      runContender('createAll with a generator', { url, pairs, allowance: false }),
    );
    const command = await runFile(pairs);
    rows.push([pairs.toLocaleString('en'), ...cellsOf(library, pairs), ...cellsOf(command, pairs)]);
    console.error(`  ${rows.at(-1)?.join('  ') ?? ''}`);
  }
  return {
    title: 'From ten thousand to ten million inputs',
    text: 'Without an allowance: `createAll` with a generator, and `create FILE --ledger` from the start of its process.',
    columns: ['inputs', ...['createAll', 'create'].flatMap((name) => [`${name} s`, 'µs per input', 'peak MB'])],
    rows,
  };
}

async function runFile(rows: number): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'pairs.csv');
    await writeCsv(file, rows);
    const ledger = join(folder, 'ledger.ndjson');
    return await withServer(['fixed'], (url) =>
      runCommand([file, '--base-url', url, '--allowance', 'none', '--ledger', ledger]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function cellsOf({ ms, peakMegabytes }: Measure, inputs: number): number[] {
  return [rounded(ms / 1_000), rounded((ms * 1_000) / inputs), Math.round(peakMegabytes)];
}
