import { loadavg } from 'node:os';
import { whileCoresAreBusy } from './soak/busy-cores.js';
import { runWithChangedFile } from './soak/changed-file.js';
import { hasNamespaces, runInContainers } from './soak/container.js';
import { runWithFaults } from './soak/fault-run.js';
import { runKilled } from './soak/kills.js';
import { measureMemory } from './soak/memory.js';
import { runOnOddServer } from './soak/odd-server.js';
import { runPaced } from './soak/pace.js';

/** Batches of the maximum size, with the allowance of HubSpot Professional and Enterprise. */
const fullBatches = { requests: 500, inputsPerRequest: 2_000, allowance: { requests: 190, perMs: 10_000 } };

/** The minimum and maximum time of a reply. */
const replyTimesMs = [
  [20, 20],
  [3_000, 3_000],
  [1_000, 4_000],
] as const;

/**
 * Tests what the product promises in long runs: `npm run soak`, or `npm run soak -- faults kills` for some parts.
 * Exits with 1 if a part fails. Times and memory are only printed, because they depend on the machine.
 */
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  faults: async () => {
    let passed = true;
    for (let seed = 1; seed <= 20; seed += 1) {
      const run = { seed, inputs: 100_000, batchSize: 500, timeoutMs: 400 };
      const { summary, contradictions, durationMs } = await runWithFaults(run);
      const { inputs, created, failed, unconfirmed, unsent, requests, retries } = summary;
      passed &&= contradictions.length === 0 && inputs === 100_000;
      console.log(JSON.stringify({ seed, inputs, created, failed, unconfirmed, unsent, requests, retries, durationMs, contradictions })); // prettier-ignore
    }
    return passed;
  },
  kills: async () => {
    const run = { rows: 200_000, batchSize: 200, concurrency: 8, kills: 20, seed: 1 };
    const result = await runKilled(run);
    console.log(JSON.stringify(result));
    return result.associated === run.rows && result.resent <= result.maxInFlight && result.exitCode === 0;
  },
  container: async () => {
    if (!hasNamespaces()) {
      console.log('Skipped: this machine does not support process namespaces.');
      return true;
    }
    const run = { rows: 20_000, batchSize: 50, concurrency: 4, kills: 10, seed: 1 };
    const result = await runInContainers(run);
    console.log(JSON.stringify(result));
    return result.associated === run.rows && result.resent <= result.maxInFlight && result.exitCode === 0;
  },
  file: async () => {
    let passed = true;
    for (const kill of [false, true]) {
      const result = await runWithChangedFile({ rows: 100_000, batchSize: 500, requests: 60, kill });
      passed &&= result.missing === 0 && result.exitCode === 0;
      console.log(JSON.stringify({ kill, ...result }));
    }
    return passed;
  },
  odd: async () => {
    const results = await runOnOddServer();
    const wrong = results.filter(({ expected, outcomes }) => String(expected) !== String(outcomes));
    for (const { title, expected, outcomes, thrown } of wrong) console.log(JSON.stringify({ title, expected, outcomes, thrown: String(thrown) })); // prettier-ignore
    console.log(
      `${String(results.length - wrong.length)} of ${String(results.length)} odd replies had the expected outcomes`,
    );
    return wrong.length === 0;
  },
  pace: async () => {
    let passed = true;
    for (const replyMs of replyTimesMs) {
      const result = await runPaced({ ...fullBatches, replyMs });
      passed &&= result.maxInWindow <= fullBatches.allowance.requests && result.refused === 0;
      console.log(JSON.stringify({ replyMs, ...result, load: loadavg()[0] }));
    }
    return passed;
  },
  busy: async () => {
    let passed = true;
    for (let run = 0; run < 20; run += 1) {
      const replyMs = replyTimesMs[run % replyTimesMs.length] ?? [20, 20];
      const result = await whileCoresAreBusy(() => runPaced({ ...fullBatches, replyMs }));
      passed &&= result.refused <= 1 && result.overIdeal <= 0.5;
      console.log(JSON.stringify({ replyMs, ...result, load: loadavg()[0] }));
    }
    return passed;
  },
  memory: async () => {
    for (const rows of [1_000_000, 10_000_000]) console.log(JSON.stringify(await measureMemory(rows)));
    return true;
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(
    `Unknown part: ${unknown.join(', ')}. Choose from ${Object.keys(parts).join(', ')}, or name none to run all.`,
  );
  process.exit(1);
}
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  const passed = await run();
  console.log(passed ? 'passed' : 'FAILED');
  if (!passed) process.exitCode = 1;
}
