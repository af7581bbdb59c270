import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { objectOf } from '../../src/openapi/index.js';
import { createProductBuilder } from './build-product.js';
import { clientFaults } from './client-faults.js';
import { createJudge } from './judge.js';
import { sampled } from './sampled.js';
import { specMutants } from './spec-mutants.js';

/** Judges every n-th job, and prints one verdict per line. `main.ts` starts one worker per shard. */
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
const builder = await createProductBuilder();
try {
  const judge = await createJudge(document, builder);
  await judge.requireBaseline();
  const jobs = [
    ...clientFaults.map((fault) => () => judge.fault(fault)),
    ...sampled(specMutants(document), values.sample).map((mutant) => () => judge.mutant(mutant)),
  ];
  for (const [index, job] of jobs.entries()) {
    if (index % Number(values.shards) === Number(values.shard)) console.log(JSON.stringify(await job()));
  }
} finally {
  await builder.remove();
}
