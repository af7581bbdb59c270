import { createAll, type CreateAllRequest, type Run } from '../../src/bulk/run.js';
import { createClient } from '../../src/client/create-client.js';
import { resolveOptions, type ClientOptions } from '../../src/client/options.js';
import { createVirtualClock, seeded } from '../../src/client/test-support.js';
import { createAssociationsClient, type Outcome, type RunSummary } from '../../src/index.js';
import { createSimulator, serve, type FaultPlan, type Simulator } from '../../src/simulator/index.js';
import { pairs } from './pairs.js';

/** A run against a faulty server. */
export interface FaultRun {
  readonly seed: number;
  readonly inputs: number;
  readonly batchSize: number;
  /** The timeout of the client, in milliseconds. If set, some requests never get a reply. */
  readonly timeoutMs?: number;
}

/** The summary of the run, and every contradiction between the outcomes and the state of the server. */
export interface FaultRunResult {
  readonly summary: RunSummary;
  readonly contradictions: readonly string[];
  readonly durationMs: number;
}

/** Every kind of fault, each with its probability. */
function badDay(seed: number, hangs: boolean): FaultPlan {
  return {
    seed,
    faults: [
      { kind: 'latency', ms: { uniform: [0, 5] } },
      { kind: 'reset-before', probability: 0.02 },
      { kind: 'reset-after', probability: 0.02 },
      { kind: 'truncate', probability: 0.01 },
      { kind: 'hang', probability: hangs ? 0.005 : 0, applied: true },
      { kind: 'hang', probability: hangs ? 0.005 : 0 },
      { kind: 'status', status: 500, probability: 0.01 },
      { kind: 'status', status: 500, probability: 0.005, applied: true },
      { kind: 'gateway-page', status: 502, probability: 0.01 },
      { kind: 'gateway-page', status: 504, probability: 0.005, applied: true },
      { kind: 'status', status: 503, retryAfter: 'seconds', retryAfterSeconds: 0.05, probability: 0.01 },
      { kind: 'status', status: 429, retryAfter: 'seconds', retryAfterSeconds: 0.05, probability: 0.005 },
      { kind: 'expire-token', probability: 0.003 },
      { kind: 'omit', share: 0.01, probability: 0.05 },
      { kind: 'empty-complete', probability: 0.003 },
      { kind: 'reorder', probability: 0.2 },
      { kind: 'numeric-ids', probability: 0.2 },
      { kind: 'both-directions', probability: 0.1 },
      { kind: 'extra-fields', probability: 0.1 },
    ],
  };
}

/** Every 101st contact does not exist. */
const missingEvery = 101;

const exists = (id: string): boolean => Number(id) % missingEvery !== 0;

/** Associates pairs over a socket with every kind of fault, and compares the outcomes with the state of the server. */
export async function runWithFaults(run: FaultRun): Promise<FaultRunResult> {
  const { timeoutMs } = run;
  const simulator = faultySimulator(run);
  const server = await serve(simulator);
  try {
    const client = createAssociationsClient({
      ...options(),
      baseUrl: server.url,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return await compareRun(run, simulator, client.createAll(requestOf(run)));
  } finally {
    await server.close();
  }
}

/** The same without a socket and in virtual time, so delays take no real time. */
export async function runInVirtualTime(run: FaultRun): Promise<FaultRunResult> {
  const clock = createVirtualClock(seeded(run.seed));
  const simulator = faultySimulator(run, (ms) => new Promise((resolve) => clock.after(ms, resolve)));
  const resolved = resolveOptions({ ...options(), fetch: (request) => simulator.fetch(request) });
  const all = createAll(createClient(resolved, clock), requestOf(run), { ...resolved, run: 1 });
  const progress = { ended: false };
  const compared = compareRun(run, simulator, all).finally(() => (progress.ended = true));
  while (!progress.ended) await clock.runToEnd();
  return compared;
}

function faultySimulator({ seed, timeoutMs }: FaultRun, sleep?: (ms: number) => Promise<void>): Simulator {
  return createSimulator({
    records: { contacts: exists, companies: 1_000 },
    faults: badDay(seed, timeoutMs !== undefined),
    ...(sleep === undefined ? {} : { sleep }),
  });
}

function options(): Pick<ClientOptions, 'accessToken' | 'allowance'> {
  let tokens = 0;
  return { accessToken: () => `access-token-${String((tokens += 1))}`, allowance: false };
}

function requestOf({ inputs, batchSize }: FaultRun): CreateAllRequest {
  return { fromObjectType: 'contacts', toObjectType: 'companies', inputs: pairs(inputs), batchSize };
}

async function compareRun({ inputs }: FaultRun, simulator: Simulator, run: Run): Promise<FaultRunResult> {
  const startedAt = performance.now();
  const outcomes = new Map<number, Outcome['kind']>();
  const contradictions: string[] = [];
  for await (const batch of run) {
    for (const { index, kind } of batch.outcomes) {
      if (outcomes.has(index)) contradictions.push(`input ${String(index)} has two outcomes`);
      outcomes.set(index, kind);
    }
  }
  const summary = await run.summary;
  const associated = new Set(simulator.associations('contacts', 'companies').map(({ fromObjectId }) => fromObjectId));
  contradictions.push(...compare(inputs, summary, outcomes, associated));
  return { summary, contradictions, durationMs: Math.round(performance.now() - startedAt) };
}

function compare(
  inputs: number,
  summary: RunSummary,
  outcomes: ReadonlyMap<number, Outcome['kind']>,
  associated: ReadonlySet<string>,
): string[] {
  const contradictions: string[] = [];
  if (outcomes.size !== summary.inputs) contradictions.push(`${String(outcomes.size)} of ${String(summary.inputs)} inputs have an outcome`); // prettier-ignore
  if (summary.stopped === undefined && summary.inputs !== inputs) contradictions.push('inputs are missing');
  for (const [index, kind] of outcomes) {
    const id = String(index + 1);
    const isAssociated = associated.has(id);
    if (kind === 'created' && !isAssociated) contradictions.push(`${id} is created, but not associated`);
    if (kind === 'failed' && exists(id)) contradictions.push(`${id} is failed, but exists`);
    if ((kind === 'failed' || kind === 'unsent') && isAssociated)
      contradictions.push(`${id} is ${kind}, but associated`);
  }
  return contradictions;
}
