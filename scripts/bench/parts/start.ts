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
/** A function, because the peers are not installed yet when this file is loaded. */
const entriesOf = (): Readonly<Record<string, string>> => ({
  'import hubspot-associations': join(dist, 'index.js'),
  'import hubspot-associations/client': join(dist, 'client', 'index.js'),
  'import hubspot-associations/simulator': join(dist, 'simulator', 'index.js'),
  'import @hubspot/api-client': createRequire(import.meta.url).resolve('@hubspot/api-client'),
});

/** Measures startup time, relative to an empty Node process in the same round, and bundle size. */
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
        'create FILE, until its first request',
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
    title: 'Startup',
    text: `Milliseconds more than an empty Node process, as the median of ${String(times)} rounds. Size in kB, bundled with all imports, minified and gzipped.`,
    columns: ['', 'ms', 'kB'],
    rows: [...extra].map(([name, values]) => [name, rounded(median(values)), kilobytesOf(entries[name])]),
  };
}

function timeOf(code: string): number {
  const startedAt = now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code]);
  if (status !== 0) throw new Error(`${code} exited with code ${String(status)}.`);
  return now() - startedAt;
}

function kilobytesOf(entry: string | undefined): number | string {
  if (entry === undefined) return '';
  const options = { bundle: true, minify: true, write: false, format: 'esm', platform: 'node' } as const;
  const { outputFiles } = buildSync({ entryPoints: [entry], ...options });
  return rounded(outputFiles.reduce((bytes, { contents }) => bytes + gzipSync(contents).length, 0) / 1_000);
}
