import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** How fast the simulator answers batches of 2,000, beside a server that answers a fixed body. */
const requests = 300;
const concurrency = 4;
const rounds = 3;

const inputs = Array.from({ length: 2_000 }, (_, index) => ({
  from: { id: String(100_000_000 + index) },
  to: { id: '1439' },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
}));
const body = JSON.stringify({ inputs });

interface Measure {
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
}

async function measure(kind: string): Promise<Measure> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'server.ts'), kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = `${String((await lines.next()).value)}/crm/associations/2025-09/contacts/companies/batch/create`;
  const startedAt = performance.now();
  let sent = 0;
  const work = async (): Promise<void> => {
    while (sent < requests) {
      sent += 1;
      const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', body, headers });
      await response.arrayBuffer();
      if (response.status !== 201) throw new Error(`The ${kind} server answered ${String(response.status)}.`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - startedAt) / 1_000;
  child.kill('SIGTERM');
  const cpuMs = Number((await lines.next()).value);
  await once(child, 'exit');
  return { requestsPerSecond: requests / seconds, cpuMsPerRequest: cpuMs / requests };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

console.log(
  `${String(requests)} requests of 2,000 inputs, ${String(concurrency)} at once, median of ${String(rounds)} rounds\n`,
);
for (const kind of ['fixed', 'simulator']) {
  const measures: Measure[] = [];
  for (let round = 0; round < rounds; round += 1) measures.push(await measure(kind));
  const rate = median(measures.map(({ requestsPerSecond }) => requestsPerSecond));
  const cpu = median(measures.map(({ cpuMsPerRequest }) => cpuMsPerRequest));
  console.log(
    `${kind.padEnd(10)} ${rate.toFixed(0).padStart(5)} requests/s  ${cpu.toFixed(2).padStart(6)} ms CPU a request`,
  );
}
