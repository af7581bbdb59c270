import { loadavg } from 'node:os';
import { whileCoresAreBusy } from './soak/busy-cores.js';
import { runWithChangedFile } from './soak/changed-file.js';
import { hasNamespaces, runInContainers } from './soak/container.js';
import { runWithFaults } from './soak/fault-run.js';
import { runKilled } from './soak/kills.js';
import { measureMemory } from './soak/memory.js';
import { runOnOddServer } from './soak/odd-server.js';
import { runPaced } from './soak/pace.js';

/** Batches as large as they may be, under the allowance of HubSpot's Professional and Enterprise. */
const fullBatches = { requests: 500, inputsInRequest: 2_000, allowance: { requests: 190, perMs: 10_000 } };

/** How long the server takes for a reply, in milliseconds. */
const replies = [
  [20, 20],
  [3_000, 3_000],
  [1_000, 4_000],
] as const;

/**
 * What the product promises, tried at length: `npm run soak`, or `npm run soak -- faults kills` for
 * some of it. Ends with 1 if a promise is not kept. The figures of time and memory are printed for
 * people: they depend on the machine.
 */
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  faults: async () => {
    let kept = true;
    for (let seed = 1; seed <= 20; seed += 1) {
      const run = { seed, inputs: 100_000, batchSize: 500, timeoutMs: 400 };
      const { summary, contradictions, durationMs } = await runWithFaults(run);
      const { inputs, created, failed, unconfirmed, unsent, requests, retries } = summary;
      kept &&= contradictions.length === 0 && inputs === 100_000;
      console.log(JSON.stringify({ seed, inputs, created, failed, unconfirmed, unsent, requests, retries, durationMs, contradictions })); // prettier-ignore
    }
    return kept;
  },
  kills: async () => {
    const run = { rows: 200_000, batchSize: 200, concurrency: 8, kills: 20, seed: 1 };
    const result = await runKilled(run);
    console.log(JSON.stringify(result));
    return result.associated === run.rows && result.sentAgain <= result.mostUnderWay && result.exitCode === 0;
  },
  container: async () => {
    if (!hasNamespaces()) {
      console.log('Not tried: this machine has no namespaces for processes of their own.');
      return true;
    }
    const run = { rows: 20_000, batchSize: 50, concurrency: 4, kills: 10, seed: 1 };
    const result = await runInContainers(run);
    console.log(JSON.stringify(result));
    return result.associated === run.rows && result.sentAgain <= result.mostUnderWay && result.exitCode === 0;
  },
  file: async () => {
    let kept = true;
    for (const kill of [false, true]) {
      const result = await runWithChangedFile({ rows: 100_000, batchSize: 500, requests: 60, kill });
      kept &&= result.missing === 0 && result.exitCode === 0;
      console.log(JSON.stringify({ kill, ...result }));
    }
    return kept;
  },
  odd: async () => {
    const results = await runOnOddServer();
    const wrong = results.filter(({ due, outcomes }) => String(due) !== String(outcomes));
    for (const { title, due, outcomes, thrown } of wrong) console.log(JSON.stringify({ title, due, outcomes, thrown: String(thrown) })); // prettier-ignore
    console.log(`${String(results.length - wrong.length)} of ${String(results.length)} odd replies end as they should`);
    return wrong.length === 0;
  },
  pace: async () => {
    let kept = true;
    for (const replyMs of replies) {
      const result = await runPaced({ ...fullBatches, replyMs });
      kept &&= result.mostInWindow <= fullBatches.allowance.requests && result.refused === 0;
      console.log(JSON.stringify({ replyMs, ...result, load: loadavg()[0] }));
    }
    return kept;
  },
  busy: async () => {
    let kept = true;
    for (let run = 0; run < 20; run += 1) {
      const replyMs = replies[run % replies.length] ?? [20, 20];
      const result = await whileCoresAreBusy(() => runPaced({ ...fullBatches, replyMs }));
      kept &&= result.refused <= 1 && result.overIdeal <= 0.5;
      console.log(JSON.stringify({ replyMs, ...result, load: loadavg()[0] }));
    }
    return kept;
  },
  memory: async () => {
    for (const rows of [1_000_000, 10_000_000]) console.log(JSON.stringify(await measureMemory(rows)));
    return true;
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: name ${Object.keys(parts).join(', ')}, or nothing for all.`);
  process.exit(1);
}
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  const kept = await run();
  console.log(kept ? 'kept' : 'NOT KEPT');
  if (!kept) process.exitCode = 1;
}
