import { exchangeText } from '../judges/exchange-text.js';
import type { ContractReport, ReportedItem } from './model.js';
import { summaryOf, verdictOf } from './verdict.js';

/** The summary at the end of a run: every failure, and one line of totals. */
export function terminalText(report: ContractReport, page: string): string {
  const { failed, missing, otherFailures, passed } = verdictOf(report);
  return [
    ...failed.map(failureText),
    ...otherFailures.map(({ name, failure = '' }) => `✗ ${name}\n${indent(failure)}\n`),
    ...missingText(missing),
    `${passed ? '✓' : '✗'} contract: ${summaryOf(report)}; ${page}`,
  ].join('\n');
}

/** One line per item: a test file that did not run leaves many. */
function missingText(items: readonly ReportedItem[]): string[] {
  return items.length === 0 ? [] : ['○ No test exercised:', ...items.map((item) => `    ${heading(item, '  ')}`), ''];
}

function heading({ operationId, status, title, pointer, file, line }: ReportedItem, gap: string): string {
  return `${[operationId, status, title].filter(Boolean).join(' ')}${gap}${pointer}  ${file}:${String(line)}`;
}

/** Shows only the first failed test; the page shows all. */
function failureText(item: ReportedItem): string {
  const [first, ...others] = item.observations.filter(({ passed }) => !passed);
  const { test = '', failure = '', exchange } = first ?? {};
  // Most failures already include the request and the reply.
  const sent = exchange === undefined || failure.includes(exchange.request.url) ? '' : exchangeText(exchange);
  const more = others.length === 0 ? '' : `and ${String(others.length)} more`;
  const details = [test, failure, sent, more].filter((text) => text !== '').map(indent);
  return [`✗ ${heading(item, '\n    ')}`, ...details, ''].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
