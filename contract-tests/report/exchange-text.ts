import type { Exchange } from '../judges/exchange.js';

/** The most of a body that is printed; the JSON report has all of it. */
const mostCharacters = 2_000;

/** A request and its reply as people read them. Empty when nothing was sent. */
export function exchangeText(exchange: Exchange | undefined): string {
  if (exchange === undefined) return '';
  const { request, reply } = exchange;
  const asked = [`> ${request.method} ${request.url}`, ...headerLines('> ', request.headers), prettyBody(request.body)];
  const answered =
    reply === undefined
      ? ['< no reply']
      : [`< ${String(reply.status)}`, ...headerLines('< ', reply.headers), prettyBody(reply.body)];
  return [...asked, ...answered].filter((line) => line !== '').join('\n');
}

function headerLines(prefix: string, headers: Record<string, string>): string[] {
  return Object.entries(headers).map(([name, value]) => `${prefix}${name}: ${value}`);
}

/** JSON with line breaks; any other body as it is. */
export function prettyBody(body: string, most = mostCharacters): string {
  const text = indented(body);
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n… and ${String(text.length - most)} more characters, in report.json`;
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
