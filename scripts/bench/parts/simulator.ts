import { runContender, withServer } from '../run-process.js';
import { median, rounded, type Scale, type Table } from '../table.js';

/** Compares the speed of the simulator with that of a server that stores nothing. */
export async function simulatorPart({ divisor, rounds }: Scale): Promise<Table> {
  const requests = 300 / divisor;
  const pairs = requests * 2_000;
  const rows: (string | number)[][] = [];
  for (const kind of ['fixed', 'simulator']) {
    const runs: { rate: number; cpuMs: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      runs.push(
        await withServer([kind], async (url, report) => {
          const { ms } = await runContender('undici, serialized bodies', { url, pairs, allowance: false });
          return { rate: (requests * 1_000) / ms, cpuMs: (await report()).cpuMs / requests };
        }),
      );
    }
    rows.push([kind, rounded(median(runs.map(({ rate }) => rate))), rounded(median(runs.map(({ cpuMs }) => cpuMs)))]);
  }
  return {
    title: 'The simulator',
    text: `${String(requests)} requests of 2,000 pairs, six in flight. "fixed" is a server that lists the pairs of the request and stores nothing. Median of ${String(rounds)} rounds.`,
    columns: ['', 'requests/s', 'ms CPU per request'],
    rows,
  };
}
