import { assembled, escaped, type Html, type Part } from '../../src/report/page/html.js';
import { exchangeText } from '../judges/exchange-text.js';
import { grouped } from './grouped.js';
import type { ContractReport, OtherTest, ReportedItem } from './model.js';
import { stateOf } from './verdict.js';

/** The report as JUnit XML: a suite per operation and group, a case per coverage item, and all other tests. */
export function junitOf(report: ContractReport): string {
  const suites = [
    ...grouped(report.items, ({ operationId, group }) => `${operationId}: ${group}`),
    ...grouped(report.otherTests, ({ suite }) => suite),
  ].map(([name, tests]) => ({
    name,
    cases: tests.map((test) => ('observations' in test ? caseOfItem(test, report.complete) : caseOfTest(test))),
  }));
  const { html } = xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${report.title}" ${totals(suites.flatMap(({ cases }) => cases))}>
${suites.map(
  ({
    name,
    cases,
  }) => xml`  <testsuite name="${name}" ${totals(cases)} timestamp="${report.startedAt.replace(/Z$/, '')}">
    <properties>
      <property name="target" value="${report.target}"/>
      <property name="seed" value="${report.seed}"/>
    </properties>
${cases.map(
  (
    test,
  ) => xml`    <testcase classname="${name}" name="${test.name}" time="${seconds(test)}"${test.place}>${test.outcome}</testcase>
`,
)}  </testsuite>
`,
)}</testsuites>
`;
  return html;
}

/** One `testcase`. */
interface Case {
  readonly name: string;
  readonly durationMs: number;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly place?: Html;
  readonly outcome?: Html;
}

/** JUnit allows one failure per case, so it lists every failed test. */
function caseOfItem(item: ReportedItem, complete: boolean): Case {
  const { title, pointer, file, line, observations } = item;
  const about = {
    name: `${title} (${pointer})`,
    durationMs: observations.reduce((sum, { durationMs }) => sum + durationMs, 0),
    place: xml` file="${file}" line="${line}"`,
  };
  const state = stateOf(item);
  if (state === 'passed') return { ...about, state };
  if (state === 'not exercised') {
    return complete
      ? {
          ...about,
          state: 'failed',
          outcome: xml`<failure type="not exercised" message="No test exercised this coverage item."/>`,
        }
      : { ...about, state: 'skipped', outcome: xml`<skipped/>` };
  }
  const failed = observations.filter(({ passed }) => !passed);
  const texts = failed.map(({ test, failure, exchange }) => [test, failure ?? '', exchangeText(exchange)].join('\n'));
  const text = [`${pointer} (${file}:${String(line)})`, ...texts].join('\n\n');
  const outcome = xml`<failure type="failed" message="${failed[0]?.failure ?? 'failed'}">${text}</failure>`;
  return { ...about, state, outcome };
}

function caseOfTest({ name, durationMs, failure }: OtherTest): Case {
  if (failure === undefined) return { name, durationMs, state: 'passed' };
  const outcome = xml`<failure type="failed" message="${failure.split('\n')[0]}">${failure}</failure>`;
  return { name, durationMs, state: 'failed', outcome };
}

function totals(cases: readonly Case[]): Html {
  const count = (state: Case['state']): number => cases.filter((one) => one.state === state).length;
  const durationMs = cases.reduce((sum, one) => sum + one.durationMs, 0);
  return xml`tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" time="${seconds({ durationMs })}"`;
}

function seconds({ durationMs }: Pick<Case, 'durationMs'>): string {
  return (durationMs / 1_000).toFixed(3);
}

/** XML in which every value is escaped, and characters that XML forbids are replaced. */
function xml(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return assembled(strings, parts, (text) => escaped(text.replaceAll(forbidden, '\uFFFD')).replaceAll('\r', '&#13;'));
}

/** Characters that https://www.w3.org/TR/xml/#charsets excludes: control characters and unpaired surrogates. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
