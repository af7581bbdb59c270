import { token } from '../values/request-parts.js';

/** Sends a request somewhere. */
export type Fetch = (request: Request) => Promise<Response>;

/** A request and its reply as they were sent, with the token redacted. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  readonly reply?:
    { readonly status: number; readonly headers: Record<string, string>; readonly body: string } | undefined;
}

/** A `fetch` that remembers the last request and its reply. */
export interface Recorder {
  readonly fetch: Fetch;
  last(): Exchange | undefined;
}

/** The longest body that is kept, in characters. */
const longestBody = 20_000;

/** Remembers what goes through a `fetch`, so that a failure can show it. */
export function recorder(fetch: Fetch): Recorder {
  let last: Exchange | undefined;
  return {
    last: () => last,
    fetch: async (request) => {
      const sent = {
        method: request.method,
        url: redacted(request.url),
        headers: headersOf(request.headers),
        body: bodyText(await request.clone().text()),
      };
      last = { request: sent };
      const response = await fetch(request);
      const body = bodyText(await response.clone().text());
      last = { request: sent, reply: { status: response.status, headers: headersOf(response.headers), body } };
      return response;
    },
  };
}

function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, redacted(value)]));
}

function bodyText(text: string): string {
  return redacted(text.length > longestBody ? `${text.slice(0, longestBody)}…` : text);
}

function redacted(text: string): string {
  return text.replaceAll(token, '[access token]');
}
