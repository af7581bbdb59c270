import { exchangeText } from './exchange-text.js';
import { xml, type Markup } from './markup.js';
import type { ContractReport, ReportedItem } from './model.js';
import { stateOf, verdictOf } from './verdict.js';

/** The report as JUnit XML: a suite for each group of an operation, a case for each coverage item. */
export function junitOf(report: ContractReport): string {
  const { failed, notExercised, total } = verdictOf(report);
  const others = report.otherFailures;
  const failures = failed.length + (report.complete ? notExercised.length : 0) + others.length;
  const suites = [...suitesOf(report)].map(([name, items]) => suite(name, items, report));
  const { text } = xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${report.title}" tests="${total + others.length}" failures="${failures}" time="${seconds(report)}">
${suites}${others.length === 0 ? undefined : otherSuite(report)}</testsuites>
`;
  return text;
}

function suitesOf(report: ContractReport): Map<string, ReportedItem[]> {
  const suites = new Map<string, ReportedItem[]>();
  for (const item of report.items) {
    const name = `${item.operationId}: ${item.group}`;
    suites.set(name, [...(suites.get(name) ?? []), item]);
  }
  return suites;
}

function suite(name: string, items: readonly ReportedItem[], report: ContractReport): Markup {
  const failed = items.filter((item) => stateOf(item) === 'failed').length;
  const missing = items.filter((item) => stateOf(item) === 'not exercised').length;
  const failures = failed + (report.complete ? missing : 0);
  const skipped = report.complete ? 0 : missing;
  return xml`  <testsuite name="${name}" tests="${items.length}" failures="${failures}" errors="0" skipped="${skipped}" timestamp="${report.startedAt.replace(/Z$/, '')}">
    <properties>
      <property name="target" value="${report.target}"/>
      <property name="seed" value="${report.seed}"/>
    </properties>
${items.map((item) => testCase(name, item, report.complete))}  </testsuite>
`;
}

function testCase(suiteName: string, item: ReportedItem, complete: boolean): Markup {
  const name = `${item.title} (${item.pointer})`;
  return xml`    <testcase classname="${suiteName}" name="${name}" file="generated/openapi.json" line="${item.line}">${outcome(item, complete)}</testcase>
`;
}

function outcome(item: ReportedItem, complete: boolean): Markup | undefined {
  const state = stateOf(item);
  if (state === 'passed') return undefined;
  if (state === 'failed') return failure(item);
  return complete ? xml`<failure type="not exercised" message="No test exercised it."/>` : xml`<skipped/>`;
}

/** A case has one failure: it tells of every test that failed. */
function failure(item: ReportedItem): Markup {
  const failed = item.observations.filter(({ passed }) => !passed);
  const texts = failed.map(({ test, failure, exchange }) => [test, failure ?? '', exchangeText(exchange)].join('\n'));
  const text = [`${item.pointer} (generated/openapi.json:${String(item.line)})`, ...texts].join('\n\n');
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
