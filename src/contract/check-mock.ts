import { readFile } from 'node:fs/promises';
import { defaultApiVersion, type ApiVersion } from '../../generated/client.js';
import { createAssociationsClient } from '../associations-client.js';
import { isAssociationsError, messageOf } from '../client/errors.js';
import { contractMatchers } from './matchers.js';
import type { CheckResult } from './probe.js';
import { simulatedProbe } from './probe-settings.js';
import { probedOperation } from './probe-steps.js';
import { replyExamples } from './reply-examples.js';
import { packagedSpec } from './start-mock.js';

/**
 * Requests every example of every reply of `batchCreate` from a mock. The mock must accept the request, the
 * reply must conform to the spec, and the client must turn it into the right result or error.
 *
 * @param url - The URL of the mock, from `startMock`.
 * @param apiVersion - The API version of the mock.
 */
export async function checkMock(url: string, apiVersion: ApiVersion = defaultApiVersion): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const spec: unknown = JSON.parse(await readFile(packagedSpec(apiVersion), 'utf8'));
  for (const { status, name } of replyExamples(spec, probedOperation)) {
    const problems: string[] = [];
    const asked = async (request: Request): Promise<Response> => {
      const headers = new Headers(request.headers);
      headers.set('prefer', `code=${status}, example=${name}`);
      const response = await fetch(new Request(request, { headers }));
      if (!response.ok) problems.push(...(await refusalOfPrism(response)));
      const { pass, message } = await contractMatchers.toConformTo(response, probedOperation);
      if (!pass) problems.push(message());
      return response;
    };
    const received = await statusFrom(asked, { baseUrl: url, apiVersion }).catch((error: unknown) => messageOf(error));
    if (String(received) !== status) problems.push(`The client reported ${String(received)}.`);
    results.push({ title: `reply ${status}, example ${name}`, problems });
  }
  return results;
}

/** The status of the client's result or error. */
async function statusFrom(
  fetch: (request: Request) => Promise<Response>,
  server: { readonly baseUrl: string; readonly apiVersion: ApiVersion },
): Promise<number> {
  const { accessToken, pair, fromObjectType, toObjectType } = simulatedProbe;
  const client = createAssociationsClient({ accessToken, ...server, fetch, allowance: false, maxAttempts: 1 });
  try {
    return (await client.batchCreate({ fromObjectType, toObjectType, inputs: [pair] })).response.status;
  } catch (error) {
    if (isAssociationsError(error) && error.code === 'API') return error.status;
    throw error;
  }
}

/** Prism answers with its own problem document if it refuses the request. */
async function refusalOfPrism(response: Response): Promise<string[]> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return [];
  return [`The mock refuses the request of the client: ${await response.clone().text()}`];
}
