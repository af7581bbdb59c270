import { parseSource } from '../../src/openapi/index.js';
import type { Exchange, Finding, Message } from './exchange.js';

/** One line of an exchange, and what is wrong with the member on it. */
export interface ExchangeLine {
  readonly text: string;
  readonly found?: string | undefined;
}

/** A request and its reply as people read them: in the terminal, in JUnit and on the page. */
export function exchangeLines({ request, reply, findings = [] }: Exchange): ExchangeLine[] {
  const of = (where: Finding['in']): Finding[] => findings.filter((finding) => finding.in === where);
  return [
    { text: `> ${request.method} ${request.url}` },
    ...messageLines('> ', request, of('request')),
    { text: reply === undefined ? '< no reply' : `< ${String(reply.status)}` },
    ...(reply === undefined ? [] : messageLines('< ', reply, of('reply'))),
  ];
}

/** The same as text. Empty where nothing was sent. */
export function exchangeText(exchange: Exchange | undefined): string {
  if (exchange === undefined) return '';
  return exchangeLines(exchange)
    .map(({ text, found }) => (found === undefined ? text : `${text}   ← ${found}`))
    .join('\n');
}

function messageLines(prefix: string, { headers, body }: Message, findings: readonly Finding[]): ExchangeLine[] {
  const lines = Object.entries(headers).map(([name, value]) => ({ text: `${prefix}${name}: ${value}` }));
  return body === '' ? lines : [...lines, ...bodyLines(prettyJson(body), findings)];
}

/** The most lines of a body that are shown; the JSON report has all of it. */
const mostLines = 400;

function bodyLines(body: string, findings: readonly Finding[]): ExchangeLine[] {
  const source = findings.length === 0 ? undefined : parseSource(body);
  const found = new Map(findings.map(({ pointer, message }) => [source?.lineAt(pointer), message]));
  const lines = body.split('\n').map((text, index) => ({ text, found: found.get(index + 1) }));
  const rest = lines.length - mostLines;
  return rest <= 0 ? lines : [...lines.slice(0, mostLines), { text: `… and ${String(rest)} more lines` }];
}

/** JSON with line breaks; any other text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The request as a command to paste. The token comes from the environment, as for the product. */
export function curlOf({ method, url, headers, body }: Exchange['request']): string {
  const written = Object.entries(headers)
    .filter(([name]) => !/^(connection|content-length|host)$/i.test(name))
    .map(([name, value]) =>
      name.toLowerCase() === 'authorization'
        ? `-H "Authorization: ${value.split(' ')[0] ?? ''} $HUBSPOT_ACCESS_TOKEN"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    );
  const data = body === '' ? [] : [`--data-raw ${quoted(body)}`];
  return [`curl -X ${method} ${quoted(url)}`, ...written, ...data].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
