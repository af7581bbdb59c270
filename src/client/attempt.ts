import { ConnectionError, ContractError, messageOf, StoppedError, TimeoutError } from './errors.js';
import { member, stringMember } from './json.js';
import { onAbort } from './on-abort.js';
import { readRefusal } from './read-refusal.js';
import { redact } from './redact.js';

/** A request in the form in which it can be sent more than once. */
export interface Message {
  readonly request: Request;
  readonly body: string;
}

/** What one attempt needs besides the request. */
export interface AttemptOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly userAgent: string;
  readonly token: string;
  readonly timeoutMs: number;
  /** Is told of the reply as soon as its headers are here. */
  readonly onReply: (response: Response) => void;
  /** Throws when a 2xx reply cannot be used. */
  readonly requireUsable?: ((response: Response, body: unknown) => void) | undefined;
}

/**
 * Sends a request once: time limit, cancellation, and a typed error for whatever is not a 2xx reply
 * with a JSON body.
 */
export async function attempt(message: Message, options: AttemptOptions): Promise<Response> {
  const { request, body } = message;
  const { fetch, userAgent, token, onReply } = options;
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${token}`);
  headers.set('User-Agent', userAgent);
  const { url, method } = request;
  const { response, text } = await within(request, options.timeoutMs, async (signal) => {
    const sent = new Request(url, { method, headers, body: body === '' ? null : body, signal, redirect: 'manual' });
    try {
      const response = await untilAborted(fetch(sent), signal);
      onReply(response);
      return { response, text: await untilAborted(response.text(), signal) };
    } catch (error) {
      throw connectionError(request, error, token);
    }
  });
  if (!response.ok) throw readRefusal(request, response, text, token);
  const usable = withText(response, text);
  const json = parseJson(request, response, text, token);
  options.requireUsable?.(usable, json);
  return usable;
}

/**
 * Ends the work with a typed error when the caller aborts, or when the time is over. Unlike that of
 * `AbortSignal.timeout`, this timer keeps a process alive until then.
 */
export async function within<T>(
  request: Request,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const late = new Error('late');
  const timer = setTimeout(() => {
    ending.abort(late);
  }, timeoutMs);
  const stopListening = onAbort([request.signal], () => {
    ending.abort();
  });
  try {
    return await work(ending.signal);
  } catch (error) {
    stopIfAborted(request);
    if (ending.signal.reason === late) throw timeoutError(request, timeoutMs);
    throw error;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

/** A `fetch` may take no notice of its signal; the caller does not wait for it longer than agreed. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stopListening = onAbort([signal], () => {
      reject(new Error('aborted'));
    });
    work.then(resolve, reject).finally(stopListening);
  });
}

/** @throws StoppedError when the caller has aborted the request. */
export function stopIfAborted(request: Request, stopWaiting?: AbortSignal): void {
  const aborted = [request.signal, stopWaiting].find((signal) => signal?.aborted);
  if (aborted === undefined) return;
  throw new StoppedError(`${describe(request)} was aborted by its caller.`, {
    reason: 'aborted',
    cause: aborted.reason,
  });
}

function timeoutError(request: Request, timeoutMs: number): TimeoutError {
  return new TimeoutError(
    `${describe(request)} had no whole reply within ${String(timeoutMs)} ms. ` +
      'It may have been carried out all the same; doing it again changes nothing more.',
    timeoutMs,
  );
}

/** Failures of name resolution and of connecting come before the first byte has been sent. */
const beforeSending = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'bad port',
]);

/** The cause is told again in few words: what fetch gives may hold the bytes that a server sent. */
function connectionError(request: Request, error: unknown, token: string): ConnectionError {
  const reason = member(error, 'cause') ?? error;
  const code = stringMember(reason, 'code');
  // https://fetch.spec.whatwg.org/#port-blocking has no code, only words.
  const requestSent = !beforeSending.has(code ?? messageOf(reason));
  const message = redact(messageOf(reason), token);
  const cause = Object.assign(new Error(message), code === undefined ? {} : { code });
  const detail = [code, message].filter((part) => part !== undefined && part !== '').join(', ');
  return new ConnectionError(
    `${describe(request)} to ${new URL(request.url).host} got no reply: ${detail}. ` +
      (requestSent
        ? 'It may have been carried out all the same; doing it again changes nothing more.'
        : 'It was not sent: check the base URL and the network.'),
    { cause, requestSent },
  );
}

function parseJson(request: Request, response: Response, text: string, token: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mediaType = redact(response.headers.get('content-type') ?? 'no media type', token);
    throw new ContractError(
      `${describe(request)} was answered with ${String(response.status)} and a body that is not JSON ` +
        `(${mediaType}, ${String(text.length)} characters). Whether it was carried out is not known.`,
      { status: response.status, pointer: '' },
    );
  }
}

/** The same reply with a body that can be read again; its text is decoded, so its length differs. */
function withText(response: Response, text: string): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(text, { status: response.status, statusText: response.statusText, headers });
}

function describe(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}
