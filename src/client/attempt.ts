import { untilAborted, withDeadline, type TimedWork } from './abort.js';
import { ConnectionError, ContractError, messageOf, StoppedError, TimeoutError } from './errors.js';
import { member, stringMember } from './json.js';
import { readBody, type Reply } from './read-body.js';
import { readRefusal } from './read-refusal.js';
import type { ReadingTurn } from './reading-turn.js';
import { createRedact, redactHeaders, type Redact } from './redact.js';
import { noIds, replyIdsOf, type ReplyIds } from './reply-ids.js';
import { repeatAdvice } from './status-table.js';

/** A request that can be sent more than once. */
export interface Message {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** Writes the body again for each attempt. `fetch` copies it, so it need not be kept. */
  readonly body: () => BodyInit | null;
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
}

/** What an attempt needs in addition to the request. */
export interface AttemptOptions<T> {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly userAgent: string;
  readonly token: string;
  readonly timeoutMs: number;
  /** The maximum length of a reply's body, in bytes after decompression. */
  readonly maxReplyBytes: number;
  /** Called with the reply as soon as its headers have arrived. */
  readonly onReply: (response: Response) => void;
  /** Waits until a 2xx reply may be read. This wait does not count towards the time limit. */
  readonly readingTurn: ReadingTurn;
  /** Turns a 2xx reply into the result of the call. Throws if the reply cannot be used. */
  readonly read: (reply: Reply) => T;
}

/**
 * Sends a request once, with a time limit and cancellation, and throws a typed error for every reply that
 * is not 2xx.
 */
export async function attempt<T>(message: Message, options: AttemptOptions<T>): Promise<T> {
  const { fetch, userAgent, token, maxReplyBytes, onReply } = options;
  const { url, method } = message;
  const request = describe(message);
  const redact = createRedact(token);
  const headers = new Headers(message.headers);
  headers.set('Authorization', `Bearer ${token}`);
  headers.set('User-Agent', userAgent);
  let ids = noIds;
  let endReading = (): void => undefined;
  const exchange: TimedWork<Reply> = async (signal, untimed) => {
    try {
      const init = { method, headers, body: message.body(), signal, redirect: 'manual' } as const;
      const response = await untilAborted(fetch(url, init), signal);
      ids = replyIdsOf(redactHeaders(response.headers, redact));
      onReply(response);
      if (response.ok) endReading = await untilAborted(untimed(options.readingTurn()), signal);
      return await untilAborted(readBody(response, { request, redact, maxReplyBytes, signal }), signal);
    } catch (error) {
      throw connectionError(message, error, redact, ids);
    }
  };
  try {
    const reply = await withTimeLimit(message, options.timeoutMs, exchange, () => ids);
    if (!reply.response.ok) throw readRefusal(reply, maxReplyBytes);
    if (reply.isTooLong) throw tooLong(reply, maxReplyBytes);
    return options.read(reply);
  } finally {
    endReading();
  }
}

/** Does work within a time limit, and throws a typed error if it is late or aborted. */
export function withTimeLimit<T>(
  request: Message,
  timeoutMs: number,
  work: TimedWork<T>,
  ids: () => ReplyIds = () => noIds,
): Promise<T> {
  const late = (): TimeoutError => timeoutError(request, timeoutMs, ids());
  return withStoppedError(withDeadline({ ms: timeoutMs, signals: [request.signal], late }, work), request);
}

/** Throws a typed error if a signal has ended the work. */
export async function withStoppedError<T>(work: Promise<T>, request: Message, stopWaiting?: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    stopIfAborted(request, stopWaiting);
    throw error;
  }
}

/** @throws StoppedError when the caller has aborted the request. */
export function stopIfAborted(request: Pick<Message, 'method' | 'url' | 'signal'>, stopWaiting?: AbortSignal): void {
  const aborted = [request.signal, stopWaiting].find((signal) => signal?.aborted);
  if (aborted === undefined) return;
  throw new StoppedError(`${describe(request)} was aborted by its caller.`, {
    reason: 'aborted',
    cause: aborted.reason,
  });
}

function timeoutError(request: Message, timeoutMs: number, ids: ReplyIds): TimeoutError {
  return new TimeoutError(
    `${describe(request)} had no whole reply within ${String(timeoutMs)} ms. ${repeatAdvice}`,
    timeoutMs,
    ids,
  );
}

function tooLong({ request, response }: Reply, maxReplyBytes: number): ContractError {
  return new ContractError(
    `${request} was answered with ${String(response.status)} and more than ${String(maxReplyBytes)} bytes, ` +
      'of which the rest was not read. Whether it was carried out is not known. ' +
      'Raise maxReplyBytes if replies of this length are to be expected.',
    { status: response.status, pointer: '', ...replyIdsOf(response.headers) },
  );
}

/** Failures to resolve the name or to connect happen before the first byte is sent. */
const beforeSending = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'bad port',
]);

/** Only the cause's code and message are copied: the error of `fetch` may hold bytes that the server sent. */
function connectionError(request: Message, error: unknown, redact: Redact, ids: ReplyIds): ConnectionError {
  const reason = member(error, 'cause') ?? error;
  const code = stringMember(reason, 'code');
  // The error of a blocked port (https://fetch.spec.whatwg.org/#port-blocking) has no code, only a message.
  const requestSent = !beforeSending.has(code ?? messageOf(reason));
  const message = redact(messageOf(reason));
  const shownCode = code === undefined ? undefined : redact(code);
  const cause = Object.assign(new Error(message), shownCode === undefined ? {} : { code: shownCode });
  const detail = [shownCode, message].filter((part) => part !== undefined && part !== '').join(', ');
  return new ConnectionError(
    `${describe(request)} to ${new URL(request.url).host} got no reply: ${detail}. ` +
      (requestSent ? repeatAdvice : 'It was not sent: check the base URL and the network.'),
    { cause, requestSent, ...ids },
  );
}

function describe({ method, url }: Pick<Message, 'method' | 'url'>): string {
  return `${method} ${new URL(url).pathname}`;
}
