import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { writeCsv } from '../csv-file.js';
import { now, runCommand, withServer } from '../run-process.js';
import { median, rounded, type Scale, type Table } from '../table.js';

const dist = join(import.meta.dirname, '..', '..', '..', 'dist', 'src');
/** Read when the peers have been installed. */
const entriesOf = (): Readonly<Record<string, string>> => ({
  'import hubspot-associations': join(dist, 'index.js'),
  'import hubspot-associations/client': join(dist, 'client', 'index.js'),
  'import hubspot-associations/simulator': join(dist, 'simulator', 'index.js'),
  'import @hubspot/api-client': createRequire(import.meta.url).resolve('@hubspot/api-client'),
});

/** What it takes to start, and how much there is to load, over an empty Node process of the same round. */
export async function startPart({ rounds }: Scale): Promise<Table> {
  const entries = entriesOf();
  const times = 5 * rounds;
  const extra = new Map<string, number[]>();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'pairs.csv');
    await writeCsv(file, 10);
    for (let round = 1; round <= times; round += 1) {
      const empty = timeOf('');
      const add = (name: string, ms: number): void => {
        extra.set(name, [...(extra.get(name) ?? []), ms - empty]);
      };
      for (const [name, entry] of Object.entries(entries)) add(name, timeOf(`import ${JSON.stringify(entry)}`));
      add(
        'create FILE, to its first request',
        await withServer(['fixed'], async (url, report) => {
          const { startedAt } = await runCommand([file, '--base-url', url]);
          return (await report()).firstArrivalAt - startedAt;
        }),
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    title: 'Start',
    text: `Over an empty Node process, in milliseconds; the median of ${String(times)} rounds. Size in kB, bundled with all that it imports, minified and gzipped.`,
    columns: ['', 'ms', 'kB'],
    rows: [...extra].map(([name, values]) => [name, rounded(median(values)), kilobytesOf(entries[name])]),
  };
}

function timeOf(code: string): number {
  const startedAt = now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code]);
  if (status !== 0) throw new Error(`${code} ended with ${String(status)}.`);
  return now() - startedAt;
}

function kilobytesOf(entry: string | undefined): number | string {
  if (entry === undefined) return '';
  const options = { bundle: true, minify: true, write: false, format: 'esm', platform: 'node' } as const;
  const { outputFiles } = buildSync({ entryPoints: [entry], ...options });
  return rounded(outputFiles.reduce((bytes, { contents }) => bytes + gzipSync(contents).length, 0) / 1_000);
}
