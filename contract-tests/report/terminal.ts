import { exchangeText } from '../judges/exchange-text.js';
import type { ContractReport, ReportedItem } from './model.js';
import { summaryOf, verdictOf } from './verdict.js';

/** What the terminal shows at the end of a run: everything at fault, and one line of totals. */
export function terminalText(report: ContractReport, page: string): string {
  const { failed, missing, otherFailures, passed } = verdictOf(report);
  return [
    ...failed.map(failureText),
    ...otherFailures.map(({ name, failure = '' }) => `✗ ${name}\n${indent(failure)}\n`),
    ...missingText(missing),
    `${passed ? '✓' : '✗'} contract: ${summaryOf(report)}; ${page}`,
  ].join('\n');
}

/** A line for each, since a file of tests that did not run leaves many. */
function missingText(items: readonly ReportedItem[]): string[] {
  return items.length === 0 ? [] : ['○ No test exercised:', ...items.map((item) => `    ${heading(item, '  ')}`), ''];
}

function heading({ operationId, status, title, pointer, file, line }: ReportedItem, gap: string): string {
  return `${[operationId, status, title].filter(Boolean).join(' ')}${gap}${pointer}  ${file}:${String(line)}`;
}

/** One example shows what is wrong; the page has them all. */
function failureText(item: ReportedItem): string {
  const [first, ...others] = item.observations.filter(({ passed }) => !passed);
  const { test = '', failure = '', exchange } = first ?? {};
  // Most tests tell the request and the reply themselves.
  const sent = exchange === undefined || failure.includes(exchange.request.url) ? '' : exchangeText(exchange);
  const more = others.length === 0 ? '' : `and ${String(others.length)} more`;
  const details = [test, failure, sent, more].filter((text) => text !== '').map(indent);
  return [`✗ ${heading(item, '\n    ')}`, ...details, ''].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
