import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { objectOf } from '../spec/document.js';
import { openWorkshop } from './build-product.js';
import { clientFaults } from './client-faults.js';
import { createJudge, type Judge, type Verdict } from './judge.js';
import { jobsOf } from './jobs.js';
import { specMutants } from './spec-mutants.js';

/** Judges every n-th job, and prints one verdict a line. `main.ts` starts as many as there are shards. */
const { values } = parseArgs({
  options: {
    shard: { type: 'string', default: '0' },
    shards: { type: 'string', default: '1' },
    sample: { type: 'boolean', default: false },
  },
});

const file = join(import.meta.dirname, '..', '..', 'generated', 'openapi.json');
const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
const document = objectOf(parsed);
const workshop = await openWorkshop();
try {
  const judge = await createJudge(document, workshop);
  await judge.requireSound();
  const jobs: readonly ((judge: Judge) => Promise<Verdict>)[] = jobsOf(
    [
      ...specMutants(document).map((mutant) => (by: Judge) => by.mutant(mutant)),
      ...clientFaults.map((fault) => (by: Judge) => by.fault(fault)),
    ],
    { shard: Number(values.shard), shards: Number(values.shards), sample: values.sample },
  );
  for (const job of jobs) console.log(JSON.stringify(await job(judge)));
} finally {
  await workshop.remove();
}
