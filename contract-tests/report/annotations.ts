import type { ContractReport, ReportedItem } from './model.js';
import { verdictOf } from './verdict.js';

/** GitHub displays only ten per step; the others are in the log. */
const maxAnnotations = 50;

/**
 * Workflow commands that annotate the lines of the capture that failed
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function annotationsOf(report: ContractReport): string[] {
  const { failed, missing, otherFailures } = verdictOf(report);
  const all = [
    ...failed.map((item) => at(item, item.observations.find(({ passed }) => !passed)?.failure ?? 'failed')),
    ...missing.map((item) => at(item, 'No test exercised this coverage item.')),
    ...otherFailures.map(({ name, failure = '' }) => `::error title=${property(name)}::${message(failure)}`),
  ];
  const rest = all.length - maxAnnotations;
  return rest > 0
    ? [...all.slice(0, maxAnnotations), `::error::${String(rest)} more are in the contract report.`]
    : all;
}

function at({ file, line, title, operationId, pointer }: ReportedItem, what: string): string {
  const named = property(`${operationId}: ${title}`);
  return `::error file=${file},line=${String(line)},title=${named}::${message(`${pointer}\n${what}`)}`;
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
