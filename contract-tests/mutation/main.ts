import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { objectOf } from '../../src/openapi/index.js';
import { clientFaults } from './client-faults.js';
import { differencesFrom, readExpectedSurvivors, survivorsFile } from './expected-survivors.js';
import type { Verdict } from './judge.js';
import { judgeCaptureEdits } from './judge-capture.js';
import { specMutants } from './spec-mutants.js';

const usage = `npm run contract:mutate               mutates the capture, the spec and the client, and lists mutants that the suite does not catch
npm run contract:mutate -- --sample   runs a fixed sample of the mutants, for every commit

  --workers N   the number of parallel processes (default: 2)

It fails if an unlisted mutant survives, or if a mutant listed in ${survivorsFile} is caught or does not exist.`;

const root = join(import.meta.dirname, '..', '..');

/** Runs one worker process, which prints one verdict per line. */
function runWorker(
  shard: number,
  shards: number,
  sample: boolean,
  onVerdict: (verdict: Verdict) => void,
): Promise<void> {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'worker.ts')];
  const child = spawn(
    process.execPath,
    [...args, '--shard', String(shard), '--shards', String(shards), ...(sample ? ['--sample'] : [])],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    const verdict: unknown = JSON.parse(line);
    if (isVerdict(verdict)) onVerdict(verdict);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A worker exited with code ${String(code)}.`));
    });
  });
}

function isVerdict(value: unknown): value is Verdict {
  return typeof value === 'object' && value !== null && 'id' in value && 'caught' in value;
}

async function run(sample: boolean, workers: number): Promise<void> {
  const startedAt = performance.now();
  const edits = judgeCaptureEdits(sample);
  const parsed: unknown = JSON.parse(await readFile(join(root, 'generated', 'openapi.json'), 'utf8'));
  const mutants = specMutants(objectOf(parsed)).map(({ id }) => id);
  const faults = clientFaults.map(({ id }) => id);
  const expected = await readExpectedSurvivors(root);
  const verdicts: Verdict[] = [];
  const total = mutants.length + faults.length;
  console.log(
    `${String(mutants.length)} mutants of the spec, ${String(faults.length)} faults of the client${sample ? '; a sample of them' : ''}`,
  );

  await Promise.all(
    Array.from({ length: workers }, (_, shard) =>
      runWorker(shard, workers, sample, (verdict) => {
        verdicts.push(verdict);
        if (verdicts.length % 100 === 0)
          console.log(`  ${String(verdicts.length)} of ${sample ? 'the sample' : String(total)} …`);
      }),
    ),
  );
  console.log(score('edits of the capture, followed by `npm run generate`', edits, expected));
  report(verdicts, faults, expected);
  const judged = [...edits, ...verdicts];
  const wrong = differencesFrom(expected, judged, new Set([...mutants, ...faults, ...edits.map(({ id }) => id)]));
  for (const line of wrong) console.error(line);
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

function report(verdicts: readonly Verdict[], faults: readonly string[], expected: ReadonlyMap<string, string>): void {
  const ofClient = verdicts.filter(({ id }) => faults.includes(id));
  const ofSpec = verdicts.filter(({ id }) => !faults.includes(id));
  const by = (way: string): number => ofSpec.filter(({ caught }) => way in caught).length;
  console.log(score('mutants of the spec', ofSpec, expected));
  console.log(`  ${String(by('mock'))} by the original client against the mock of the mutant`);
  console.log(`  ${String(by('product'))} by the original mock against the client and validators of the mutant`);
  console.log(score('faults of the client', ofClient, expected));
  for (const { id, caught } of verdicts) {
    if (Object.keys(caught).length === 0) console.log(`survived: ${id}\n          ${expected.get(id) ?? 'not listed'}`);
  }
}

function score(what: string, verdicts: readonly Verdict[], expected: ReadonlyMap<string, string>): string {
  const caught = verdicts.filter((verdict) => Object.keys(verdict.caught).length > 0).length;
  const listed = verdicts.filter(({ id }) => expected.has(id)).length;
  const rate = ((100 * caught) / Math.max(1, verdicts.length - listed)).toFixed(1);
  return `${what}: ${String(caught)} of ${String(verdicts.length)} caught, ${String(listed)} listed as impossible to catch: ${rate} %`;
}

const { values } = parseArgs({
  options: {
    sample: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await run(values.sample, Number(values.workers));
