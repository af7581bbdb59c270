import type { Exchange } from '../judges/exchange.js';
import { isJsonObject, listOf } from '../spec/document.js';
import type { Step } from './steps.js';

/** What came of one live request. */
export interface StepResult {
  readonly step: Step;
  readonly exchange: Exchange | undefined;
  /** Why it did not come out as expected. */
  readonly failure: string | undefined;
  /** What Prism says of the reply. */
  readonly violations: readonly string[];
}

/** Runs one step through Prism, and keeps the request and the reply. */
export async function runStep(step: Step): Promise<StepResult> {
  let exchange: Exchange | undefined;
  let violations: string[] = [];
  const observed = async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    const sent = { method, url, headers: Object.fromEntries(headers), body: await request.clone().text() };
    exchange = { request: sent };
    const response = await fetch(request);
    const body = await response.clone().text();
    requireReply(response, body);
    exchange = { request: sent, reply: { status: response.status, headers: replyHeaders(response.headers), body } };
    violations = violationsIn(response.headers.get('sl-violations'));
    return response;
  };
  const failure = await step.run(observed).then(() => undefined, messageOf);
  return { step, exchange, failure, violations };
}

/** Where the server cannot be reached, Prism answers, and that must not pass for a reply of the API. */
function requireReply(response: Response, body: string): void {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (isProblem && body.includes('FetchError')) throw new Error('The server could not be reached.');
}

/** What Prism adds to a reply is not part of it. */
function replyHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !/^(access-control-|sl-)/.test(name)));
}

/** Of the request and the reply, what Prism holds against the reply. */
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
