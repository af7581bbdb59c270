import { parseSource } from '../../src/openapi/index.js';
import type { Exchange, Finding, Message } from './exchange.js';

/** One line of an exchange, and the finding about the member on it. */
export interface ExchangeLine {
  readonly text: string;
  readonly found?: string | undefined;
}

/** A request and its reply as lines for the terminal, JUnit and the HTML report. */
export function exchangeLines({ request, reply, findings = [] }: Exchange): ExchangeLine[] {
  const of = (where: Finding['in']): Finding[] => findings.filter((finding) => finding.in === where);
  return [
    { text: `> ${request.method} ${request.url}` },
    ...messageLines('> ', request, of('request')),
    { text: reply === undefined ? '< no reply' : `< ${String(reply.status)}` },
    ...(reply === undefined ? [] : messageLines('< ', reply, of('reply'))),
  ];
}

/** The same as text. Empty if nothing was sent. */
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

/** Longer bodies are cut here, but not in the JSON report. */
const maxLines = 400;

function bodyLines(body: string, findings: readonly Finding[]): ExchangeLine[] {
  const source = findings.length === 0 ? undefined : parseSource(body);
  const found = new Map(findings.map(({ pointer, message }) => [source?.lineAt(pointer), message]));
  const lines = body.split('\n').map((text, index) => ({ text, found: found.get(index + 1) }));
  const rest = lines.length - maxLines;
  return rest <= 0 ? lines : [...lines.slice(0, maxLines), { text: `… and ${String(rest)} more lines` }];
}

/** Indents JSON. Returns any other text unchanged. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The request as a curl command. It reads the token from the same variable as the product. */
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
