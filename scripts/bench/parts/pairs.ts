import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv } from '../csv-file.js';
import { runCommand, runContender, withServer, type Measure } from '../run-process.js';
import { median, rounded, versionOf, type Scale, type Table } from '../table.js';

const peers = [
  'fetch',
  'openapi-fetch',
  '@hubspot/api-client',
  '@hubspot/api-client, limiter',
  'undici, serialized bodies',
];
const product = ['createAll', 'batchCreate'];
const commands = ['create FILE --ledger', 'create FILE --dry-run'];

/** Measures the cost of a pair for the product and its peers, each in its own process. */
export async function pairsPart({ divisor, rounds }: Scale): Promise<Table> {
  const pairs = 1_000_000 / divisor;
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const measures = new Map<string, Measure[]>();
  try {
    const file = join(folder, 'pairs.csv');
    await writeCsv(file, pairs);
    for (let round = 1; round <= rounds; round += 1) {
      for (const name of [...peers, ...product, ...commands]) {
        const measure = await withServer(['fixed'], (url) => {
          if (!commands.includes(name)) return runContender(name, { url, pairs, allowance: false });
          const target = ['--base-url', url, '--allowance', 'none'];
          const ledger = ['--ledger', join(folder, `ledger-${String(round)}.ndjson`)];
          return runCommand([file, ...target, ...(name.endsWith('--ledger') ? ledger : ['--dry-run'])]);
        });
        measures.set(name, [...(measures.get(name) ?? []), measure]);
        console.error(`  ${name}: ${String(rounded((measure.cpuMs * 1_000) / pairs))} µs of CPU per pair`);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    title: 'Cost per pair',
    text: `${String(pairs)} pairs, 2,000 per request; the server replies from memory, in its own process. Median of ${String(rounds)} rounds; every contender runs once per round. The plain \`fetch\` loop (\`JSON.stringify\`, \`fetch\`, \`response.json()\`, six requests in flight) is 1. The pairs are in memory before the measurement starts, except for the command line, which is measured from the start of its process. @hubspot/api-client ${versionOf('@hubspot/api-client')}, openapi-fetch ${versionOf('openapi-fetch')}, undici ${versionOf('undici')}.`,
    columns: ['', 'CPU / fetch', 'µs CPU per pair', 'pairs/s', 'peak MB', 'loop delay p99 ms', 'max ms'],
    rows: [...measures].map(([name, runs]) => rowOf(name, runs, measures.get('fetch') ?? [], pairs)),
  };
}

function rowOf(
  name: string,
  runs: readonly Measure[],
  fetchRuns: readonly Measure[],
  pairs: number,
): (string | number)[] {
  const of = (figure: (measure: Measure) => number): number => rounded(median(runs.map(figure)));
  const ratios = runs.map(({ cpuMs }, round) => cpuMs / (fetchRuns[round]?.cpuMs ?? NaN));
  return [
    name,
    rounded(median(ratios)),
    of(({ cpuMs }) => (cpuMs * 1_000) / pairs),
    of(({ ms }) => Math.round((pairs * 1_000) / ms)),
    of(({ peakMegabytes }) => Math.round(peakMegabytes)),
    of(({ delayP99Ms }) => delayP99Ms),
    of(({ delayMaxMs }) => delayMaxMs),
  ];
}
