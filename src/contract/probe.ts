import { messageOf } from '../client/errors.js';
import { contractMatchers } from './matchers.js';
import type { ProbeSettings } from './probe-settings.js';
import { probedOperation, probeSteps } from './probe-steps.js';

/** The result of one request. */
export interface CheckResult {
  readonly title: string;
  /** Differences from the spec; empty if there are none. */
  readonly problems: readonly string[];
}

/**
 * Sends the harmless requests to a server, one after another, and compares each reply with the spec. One
 * request associates a pair, which changes nothing the second time; all others must be refused.
 */
export async function probe(settings: ProbeSettings, baseUrl: string): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const step of probeSteps(settings, baseUrl)) {
    const problems: string[] = [];
    const observed = async (request: Request): Promise<Response> => {
      const response = await fetch(request);
      const { pass, message } = await contractMatchers.toConformTo(response, probedOperation);
      if (!pass) problems.push(message());
      return response;
    };
    await step.run(observed).catch((error: unknown) => problems.push(messageOf(error)));
    results.push({ title: step.title, problems });
  }
  return results;
}
