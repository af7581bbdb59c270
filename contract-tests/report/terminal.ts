import { exchangeText } from './exchange-text.js';
import type { ContractReport, ReportedItem } from './model.js';
import { verdictOf } from './verdict.js';

/** What the terminal shows at the end of a run: every coverage item at fault, and one line of totals. */
export function terminalText(report: ContractReport, page: string): string {
  const { failed, notExercised, exercised, total, passed } = verdictOf(report);
  const missing = report.complete ? notExercised : [];
  const failures = failed.length + report.otherFailures.length;
  const totals = [
    `${String(exercised)} of ${String(total)} places of the spec exercised`,
    `${String(failures)} ${failures === 1 ? 'failure' : 'failures'}`,
    ...(report.complete ? [] : ['a part of the suite: coverage is not judged']),
  ];
  return [
    ...failed.flatMap(failureText),
    ...report.otherFailures.map(({ test, failure }) => `✗ ${test}\n${indent(failure)}\n`),
    ...notExercisedText(missing),
    `${passed ? '✓' : '✗'} contract: ${totals.join(', ')}; ${page}`,
  ].join('\n');
}

/** A line for each, since a file of tests that did not run leaves many. */
function notExercisedText(items: readonly ReportedItem[]): string[] {
  if (items.length === 0) return [];
  const lines = items.map(
    ({ operationId, title, status, pointer, line }) =>
      `    ${[operationId, status, title].filter(Boolean).join(' ')}  ${pointer}  generated/openapi.json:${String(line)}`,
  );
  return ['○ No test exercised:', ...lines, ''];
}

function heading(item: ReportedItem): string {
  const status = item.status === undefined ? '' : ` ${item.status}`;
  return `${item.operationId}${status}: ${item.title}\n    ${item.pointer}  generated/openapi.json:${String(item.line)}`;
}

/** One example shows what is wrong; the page has them all. */
function failureText(item: ReportedItem): string[] {
  const failing = item.observations.filter(({ passed }) => !passed);
  const [first] = failing;
  if (first === undefined) return [];
  const { test, failure = '', exchange } = first;
  // Most tests tell the request and the reply themselves.
  const sent = exchange !== undefined && !failure.includes(exchange.request.url) ? exchangeText(exchange) : '';
  const others = failing.length > 1 ? [`and ${String(failing.length - 1)} more`] : [];
  const details = [test, failure, sent, ...others].filter((text) => text !== '').map(indent);
  return [[`✗ ${heading(item)}`, ...details, ''].join('\n')];
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
