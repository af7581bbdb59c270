import { at } from '../../src/openapi/index.js';
import { token } from '../values/request-parts.js';
import type { Fetch, Subject, Violation } from './subject.js';
import { violationsOf } from './violations-of.js';

/** A request and its reply as sent, with the token redacted. */
export interface Exchange {
  readonly request: Message & { readonly method: string; readonly url: string };
  readonly reply?: (Message & { readonly status: number }) | undefined;
  /** The findings of Prism in both bodies. */
  readonly findings?: readonly Finding[];
}

/** The headers and body of a request or reply. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An invalid member of a body. */
export interface Finding {
  readonly in: 'request' | 'reply';
  readonly pointer: string;
  readonly message: string;
}

/** In characters. Longer bodies are cut. */
const maxBodyLength = 20_000;

/** Records a request and its reply. Both can still be read afterwards. */
export async function exchangeOf(request: Request, reply?: Response): Promise<Exchange> {
  const { method, url } = request;
  const sent = { method, url: redacted(url), ...(await messageOf(request)) };
  return reply === undefined
    ? { request: sent }
    : { request: sent, reply: { status: reply.status, ...(await messageOf(reply)) } };
}

async function messageOf(message: Request | Response): Promise<Message> {
  const text = await message.clone().text();
  return {
    headers: Object.fromEntries([...message.headers].map(([name, value]) => [name, redacted(value)])),
    body: redacted(text.length > maxBodyLength ? `${text.slice(0, maxBodyLength)}…` : text),
  };
}

function redacted(text: string): string {
  return text.replaceAll(token, '[access token]');
}

/** Wraps a subject to record its last exchange, which a failure shows. */
export function recorder(subject: Subject): { recorded: Subject; last: () => Exchange | undefined } {
  let last: Exchange | undefined;
  const mock: Fetch = async (request) => {
    const sent = request.clone();
    last = await exchangeOf(sent);
    const reply = await subject.mock(request);
    last = { ...(await exchangeOf(sent, reply)), findings: findingsIn('request', await violationsOf(reply)) };
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
