import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv } from '../csv-file.js';
import { runCommand, runContender, withServer, type Measure, type Report } from '../run-process.js';
import { median, rounded, type Scale, type Table } from '../table.js';

const allowance = { requests: 190, perMs: 10_000 };
const command = 'create FILE --ledger';
const product = ['createAll with a generator', command];
const peers = ['fetch, one window at a time', '@hubspot/api-client, limiter'];

/** Measures how much of an allowance each contender uses, and whether it exceeds it. */
export async function pacePart({ divisor, rounds }: Scale): Promise<Table> {
  const requests = divisor === 1 ? 500 : 200;
  const pairs = requests * 2_000;
  const idealMs = Math.floor((requests - 1) / allowance.requests) * allowance.perMs;
  const rows: (string | number)[][] = [];
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const run = (name: string, round: number): Promise<Measure & Report> =>
    withServer(['fixed', allowance.requests, allowance.perMs], async (url, report) => {
      const pace = `${String(allowance.requests)}/${String(allowance.perMs / 1_000)}`;
      const ledger = join(folder, `ledger-${String(round)}.ndjson`);
      const measure = await (name === command
        ? runCommand([join(folder, 'pairs.csv'), '--base-url', url, '--allowance', pace, '--ledger', ledger])
        : runContender(name, { url, pairs, allowance }));
      return { ...measure, ...(await report()) };
    });
  try {
    await writeCsv(join(folder, 'pairs.csv'), pairs);
    for (const name of [...product, ...peers]) {
      const runs: (Measure & Report)[] = [];
      // Peers spend most of their time waiting, so one measurement is enough.
      const times = peers.includes(name) ? 1 : rounds;
      for (let round = 1; round <= times; round += 1) runs.push(await run(name, round));
      rows.push([
        name,
        rounded(median(runs.map(({ startedAt, lastReplyAt }) => (lastReplyAt - startedAt) / idealMs))),
        Math.max(...runs.map(({ maxInWindow }) => maxInWindow)),
        Math.max(...runs.map(({ refused }) => refused)),
        Math.round(Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes))),
      ]);
      console.error(`  ${rows.at(-1)?.join('  ') ?? ''}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    title: 'Under 190 requests per 10 s',
    text: `${String(requests)} requests of 2,000 pairs. The server counts them in its own process. Time is from the start of the process to the last reply, divided by the ideal of ${String(idealMs / 1_000)} s; for the product, the median of ${String(rounds)} rounds. The other columns are of the worst round: the maximum number of requests that arrived in any 10 s, the 429 replies, and the peak memory.`,
    columns: ['', 'time / ideal', 'max per window', '429s', 'peak MB'],
    rows,
  };
}
