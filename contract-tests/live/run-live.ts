import { buildReport } from '../report/build-report.js';
import type { ContractReport } from '../report/model.js';
import { coverageItemsOf } from '../checks/all-checks.js';
import type { JsonObject } from '../../src/openapi/index.js';
import { apiVersion } from '../judges/api-version.js';
import { startObserver } from '../judges/prism.js';
import { compareReply, type Deviation } from './deviations.js';
import { describe, observationsOf } from './observations.js';
import { proposalsOf } from './proposals.js';
import { runStep } from './run-step.js';
import { probedOperation, probeSteps, type ProbeSettings } from 'hubspot-associations/contract';

/** The result of a live run. */
export interface LiveRun {
  readonly report: ContractReport;
  /** Actions for the overlay, as YAML. Empty if no reply differs from the spec or has undocumented members. */
  readonly proposals: string;
}

/** Sends the harmless requests to a server through Prism, and compares the replies with the spec. */
export async function runLive(
  settings: ProbeSettings,
  document: JsonObject,
  server: string,
  target: string,
): Promise<LiveRun> {
  const startedAt = new Date();
  const items = coverageItemsOf(document);
  const results = await throughPrism(settings, server);
  const compared = results.map((result) => {
    const reply = result.exchange?.reply;
    const none = { documented: undefined, visited: [], deviations: [] };
    return { result, comparison: reply === undefined ? none : compareReply(document, probedOperation, reply) };
  });
  const observations = compared.flatMap(({ result, comparison }) => observationsOf(result, comparison, items));
  const reportedTests = new Set(observations.filter(({ passed }) => !passed).map(({ test }) => test));
  const otherTests = compared.flatMap(({ result, comparison }) => {
    const test = `live: ${result.step.title}`;
    const broken = comparison.deviations.filter((deviation) => !isAllowed(deviation));
    const found = [result.failure, ...broken.map(describe), ...result.violations];
    const failure = [...new Set(found.filter((text) => text !== undefined))].join('\n');
    return failure === '' || reportedTests.has(test) ? [] : [{ suite: 'live', name: test, durationMs: 0, failure }];
  });
  const secrets = [settings.accessToken];
  const report = buildReport({
    document,
    items,
    observations,
    otherTests,
    startedAt,
    target,
    complete: false,
    secrets,
  });
  const deviations = compared.flatMap(({ comparison }) => comparison.deviations);
  return { report, proposals: proposalsOf(deviations, `${startedAt.toISOString().slice(0, 10)}, ${target}`) };
}

/** Undocumented members are allowed: they lead to a proposal, not to a failure. */
function isAllowed({ keyword }: Deviation): boolean {
  return keyword === 'properties';
}

/** Sends the requests one at a time, because a burst could exceed a rate limit. */
async function throughPrism(settings: ProbeSettings, server: string): Promise<Awaited<ReturnType<typeof runStep>>[]> {
  const prism = await startObserver(server);
  try {
    const results = [];
    for (const step of probeSteps({ ...settings, apiVersion }, prism.url)) results.push(await runStep(step));
    return results;
  } finally {
    await prism.stop();
  }
}
