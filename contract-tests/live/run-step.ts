import { exchangeOf, type Exchange, type Message } from '../judges/exchange.js';
import { isJsonObject, listOf } from '../../src/openapi/index.js';
import type { ProbeStep } from 'hubspot-associations/contract';

/** The result of one live request. */
export interface StepResult {
  readonly step: ProbeStep;
  readonly exchange: Exchange | undefined;
  /** Why the step failed. */
  readonly failure: string | undefined;
  /** The violations that Prism found in the reply. */
  readonly violations: readonly string[];
  readonly durationMs: number;
}

/** Runs one step through Prism, and records the request and the reply. */
export async function runStep(step: ProbeStep): Promise<StepResult> {
  let exchange: Exchange | undefined;
  let violations: string[] = [];
  const observed = async (request: Request): Promise<Response> => {
    const sent = request.clone();
    exchange = await exchangeOf(sent);
    const response = await fetch(request);
    const { reply } = await exchangeOf(sent, response);
    if (reply === undefined) return response;
    requireReply(reply);
    exchange = { ...exchange, reply: { ...reply, headers: withoutPrismHeaders(reply.headers) } };
    violations = violationsIn(response.headers.get('sl-violations'));
    return response;
  };
  const startedAt = performance.now();
  const failure = await step.run(observed).then(() => undefined, messageOf);
  return { step, exchange, failure, violations, durationMs: performance.now() - startedAt };
}

/** If the server cannot be reached, Prism replies itself. Do not treat that as a reply of the API. */
function requireReply({ headers, body }: Message): void {
  const isProblem = headers['content-type']?.startsWith('application/problem+json') === true;
  if (isProblem && body.includes('FetchError')) throw new Error('The server could not be reached.');
}

/** Drops the headers that Prism adds. */
function withoutPrismHeaders(headers: Message['headers']): Message['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(access-control-|sl-)/.test(name)));
}

/** The header lists violations of the request and the reply; only those of the reply matter here. */
function violationsIn(header: string | null): string[] {
  const found: unknown = header === null ? [] : JSON.parse(header);
  return listOf(found)
    .filter(isJsonObject)
    .filter(({ location }) => listOf(location)[0] === 'response')
    .map(({ location, message }) => `${listOf(location).slice(1).join('/')}: ${String(message)}`);
}

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` ${error.cause.message}` : '';
  return `${error instanceof Error ? error.message : String(error)}${cause}`;
}
