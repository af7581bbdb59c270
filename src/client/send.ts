import { createAccessToken } from './access-token.js';
import { ConnectionError, ContractError, messageOf, StoppedError, TimeoutError } from './errors.js';
import { member, stringMember } from './json.js';
import type { ResolvedOptions } from './options.js';
import { readRefusal } from './read-refusal.js';
import { redact } from './redact.js';

/**
 * Sends a request of the generated client. What it returns is a 2xx reply whose body is JSON.
 * `timeoutMs` is this request's own, in place of the client's.
 */
export type Send = (request: Request, timeoutMs?: number) => Promise<Response>;

/**
 * Token, time limit, cancellation, and a typed error for whatever is not a 2xx reply with a JSON
 * body. Waiting for the allowance and sending again belong here, around `attempt`.
 */
export function createSend(options: ResolvedOptions): Send {
  const accessToken = createAccessToken(options.accessToken);
  return async (request, timeoutMs = options.timeoutMs) => {
    stopIfAborted(request);
    const { limit, clear } = startLimit(timeoutMs);
    try {
      const token = await within(request, limit, (signal) => untilAborted(accessToken.get(), signal));
      const { response, text } = await attempt(request, token, limit, options);
      if (response.status === 401) accessToken.reject(token);
      if (!response.ok) throw readRefusal(request, response, text, token);
      requireJson(request, response, text, token);
      return withText(response, text);
    } finally {
      clear();
    }
  };
}

interface Limit {
  readonly timeoutMs: number;
  readonly timeout: AbortSignal;
}

/** Unlike that of `AbortSignal.timeout`, this timer keeps a process alive until the time is over. */
function startLimit(timeoutMs: number): { limit: Limit; clear: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, timeoutMs);
  return {
    limit: { timeoutMs, timeout: controller.signal },
    clear: () => {
      clearTimeout(timer);
    },
  };
}

/** Ends the work with a typed error when the caller aborts, or when the time is over. */
async function within<T>(request: Request, limit: Limit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(AbortSignal.any([request.signal, limit.timeout]));
  } catch (error) {
    stopIfAborted(request);
    if (limit.timeout.aborted) throw timeoutError(request, limit.timeoutMs);
    throw error;
  }
}

function attempt(
  request: Request,
  token: string,
  limit: Limit,
  options: ResolvedOptions,
): Promise<{ response: Response; text: string }> {
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${token}`);
  headers.set('User-Agent', options.userAgent);
  return within(request, limit, async (signal) => {
    const sent = new Request(request, { headers, signal, redirect: 'manual' });
    try {
      const response = await untilAborted(options.fetch(sent), signal);
      return { response, text: await untilAborted(response.text(), signal) };
    } catch (error) {
      throw connectionError(request, error, token);
    }
  });
}

/** A `fetch` may take no notice of its signal; the caller does not wait for it longer than agreed. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Error('aborted'));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function stopIfAborted(request: Request): void {
  if (!request.signal.aborted) return;
  throw new StoppedError(`${describe(request)} was aborted by its caller.`, {
    reason: 'aborted',
    cause: request.signal.reason,
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

function requireJson(request: Request, response: Response, text: string, token: string): void {
  try {
    JSON.parse(text);
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
