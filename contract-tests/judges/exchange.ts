import { at } from '../../src/openapi/index.js';
import { token } from '../values/request-parts.js';
import type { Fetch, Subject, Violation } from './subject.js';
import { violationsOf } from './violations-of.js';

/** A request and its reply as they were sent, with the token redacted. */
export interface Exchange {
  readonly request: Message & { readonly method: string; readonly url: string };
  readonly reply?: (Message & { readonly status: number }) | undefined;
  /** What Prism found wrong in the body of the one or the other. */
  readonly findings?: readonly Finding[];
}

/** What a request and a reply have in common. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A member of a body that is wrong. */
export interface Finding {
  readonly in: 'request' | 'reply';
  readonly pointer: string;
  readonly message: string;
}

/** The longest body that is kept, in characters. */
const longestBody = 20_000;

/** What goes over the wire, read without using it up. */
export async function exchangeOf(request: Request, reply?: Response): Promise<Exchange> {
  const { method, url } = request;
  const asked = { method, url: redacted(url), ...(await messageOf(request)) };
  return reply === undefined
    ? { request: asked }
    : { request: asked, reply: { status: reply.status, ...(await messageOf(reply)) } };
}

async function messageOf(message: Request | Response): Promise<Message> {
  const text = await message.clone().text();
  return {
    headers: Object.fromEntries([...message.headers].map(([name, value]) => [name, redacted(value)])),
    body: redacted(text.length > longestBody ? `${text.slice(0, longestBody)}…` : text),
  };
}

function redacted(text: string): string {
  return text.replaceAll(token, '[access token]');
}

/** A subject whose judges remember the last exchange that they were asked about, so that a failure can show it. */
export function recorder(subject: Subject): { recorded: Subject; last: () => Exchange | undefined } {
  let last: Exchange | undefined;
  const mock: Fetch = async (request) => {
    const asked = request.clone();
    last = await exchangeOf(asked);
    const reply = await subject.mock(request);
    last = { ...(await exchangeOf(asked, reply)), findings: findingsIn('request', await violationsOf(reply)) };
    return reply;
  };
  const judgeReply: Subject['judgeReply'] = async (request, reply) => {
    const violations = await subject.judgeReply(request, reply);
    last = { ...(await exchangeOf(request, reply)), findings: findingsIn('reply', violations) };
    return violations;
  };
  return { recorded: { ...subject, mock, judgeReply }, last: () => last };
}

function findingsIn(where: Finding['in'], violations: readonly Violation[]): Finding[] {
  return violations
    .filter(({ location }) => location[0] === 'body')
    .map(({ location, message }) => ({ in: where, pointer: at('', ...location.slice(1)), message }));
}
