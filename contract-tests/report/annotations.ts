import type { ContractReport, ReportedItem } from './model.js';
import { verdictOf } from './verdict.js';

/** GitHub shows ten of a step; the rest is for its log. */
const mostAnnotations = 50;

/**
 * Workflow commands that mark the lines of the spec at fault
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function annotationsOf(report: ContractReport): string[] {
  const { failed, notExercised } = verdictOf(report);
  const all = [
    ...failed.map((item) => at(item, item.observations.find(({ passed }) => !passed)?.failure ?? 'failed')),
    ...(report.complete ? notExercised.map((item) => at(item, 'No test exercised this place of the spec.')) : []),
    ...report.otherFailures.map(({ test, failure }) => `::error title=${property(test)}::${message(failure)}`),
  ];
  const rest = all.length - mostAnnotations;
  return rest > 0
    ? [...all.slice(0, mostAnnotations), `::error::${String(rest)} more are in the contract report.`]
    : all;
}

function at({ line, title, operationId, pointer }: ReportedItem, what: string): string {
  const named = property(`${operationId}: ${title}`);
  return `::error file=generated/openapi.json,line=${String(line)},title=${named}::${message(`${pointer}\n${what}`)}`;
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
