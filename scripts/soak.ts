import { loadavg } from 'node:os';
import { whileCoresAreBusy } from './soak/busy-cores.js';
import { runWithFaults } from './soak/fault-run.js';
import { runKilled } from './soak/kills.js';
import { measureMemory } from './soak/memory.js';
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
      const { summary, contradictions, durationMs } = await runWithFaults({ seed, inputs: 100_000, batchSize: 500 });
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
