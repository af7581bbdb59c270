import { exchangeText } from './exchange-text.js';
import { xml, type Markup } from './markup.js';
import type { ContractReport, ReportedCell } from './model.js';
import { stateOf, verdictOf } from './verdict.js';

/** The report as JUnit XML: a suite for each group of an operation, a case for each cell. */
export function junitOf(report: ContractReport): string {
  const { failed, notExercised, total } = verdictOf(report);
  const others = report.otherFailures;
  const failures = failed.length + (report.complete ? notExercised.length : 0) + others.length;
  const suites = [...suitesOf(report)].map(([name, cells]) => suite(name, cells, report));
  const { text } = xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${report.title}" tests="${total + others.length}" failures="${failures}" time="${seconds(report)}">
${suites}${others.length === 0 ? undefined : otherSuite(report)}</testsuites>
`;
  return text;
}

function suitesOf(report: ContractReport): Map<string, ReportedCell[]> {
  const suites = new Map<string, ReportedCell[]>();
  for (const cell of report.cells) {
    const name = `${cell.operationId}: ${cell.group}`;
    suites.set(name, [...(suites.get(name) ?? []), cell]);
  }
  return suites;
}

function suite(name: string, cells: readonly ReportedCell[], report: ContractReport): Markup {
  const failed = cells.filter((cell) => stateOf(cell) === 'failed').length;
  const missing = cells.filter((cell) => stateOf(cell) === 'not exercised').length;
  const failures = failed + (report.complete ? missing : 0);
  const skipped = report.complete ? 0 : missing;
  return xml`  <testsuite name="${name}" tests="${cells.length}" failures="${failures}" errors="0" skipped="${skipped}" timestamp="${report.startedAt.replace(/Z$/, '')}">
    <properties>
      <property name="target" value="${report.target}"/>
      <property name="seed" value="${report.seed}"/>
    </properties>
${cells.map((cell) => testCase(name, cell, report.complete))}  </testsuite>
`;
}

function testCase(suiteName: string, cell: ReportedCell, complete: boolean): Markup {
  const name = `${cell.title} (${cell.pointer})`;
  return xml`    <testcase classname="${suiteName}" name="${name}" file="generated/openapi.json" line="${cell.line}">${outcome(cell, complete)}</testcase>
`;
}

function outcome(cell: ReportedCell, complete: boolean): Markup | undefined {
  const state = stateOf(cell);
  if (state === 'passed') return undefined;
  if (state === 'failed') return failure(cell);
  return complete ? xml`<failure type="not exercised" message="No test exercised it."/>` : xml`<skipped/>`;
}

/** A case has one failure: it tells of every test that failed. */
function failure(cell: ReportedCell): Markup {
  const failed = cell.observations.filter(({ passed }) => !passed);
  const texts = failed.map(({ test, failure, exchange }) => [test, failure ?? '', exchangeText(exchange)].join('\n'));
  const text = [`${cell.pointer} (generated/openapi.json:${String(cell.line)})`, ...texts].join('\n\n');
  return xml`<failure type="failed" message="${failed[0]?.failure ?? 'failed'}">${text}</failure>`;
}

function otherSuite({ otherFailures }: ContractReport): Markup {
  const cases = otherFailures.map(
    ({
      test,
      failure,
    }) => xml`    <testcase classname="other tests" name="${test}"><failure type="failed">${failure}</failure></testcase>
`,
  );
  return xml`  <testsuite name="other tests" tests="${cases.length}" failures="${cases.length}" errors="0" skipped="0">
${cases}  </testsuite>
`;
}

function seconds({ durationMs }: ContractReport): string {
  return (durationMs / 1_000).toFixed(3);
}
