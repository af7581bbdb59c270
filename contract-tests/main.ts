import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { coverageItemsOf } from './checks/all-checks.js';
import { descriptionFile } from './judges/api-version.js';
import { annotationsOf } from './report/annotations.js';
import { buildReport } from './report/build-report.js';
import { runJest, type JestRun } from './report/jest.js';
import type { ContractReport, OtherFailure } from './report/model.js';
import { readRecords } from './report/records.js';
import { terminalText } from './report/terminal.js';
import { verdictOf } from './report/verdict.js';
import { writeReport } from './report/write-report.js';
import type { CoverageItem } from './spec/coverage-item.js';
import { isJsonObject, listOf, objectOf, type JsonObject } from './spec/document.js';

const usage = `npm run contract               the contract tests, and the report of what they exercised
npm run contract -- -t inputs  a part of them: every other argument goes to jest

  --with-unit     the unit tests too, in the same run
  --checks=FILE   the results of other checks, which belong into the report

CONTRACT_API_VERSION names another version of the API than the default one.`;

const project = join(import.meta.dirname, '..');

/** What changes how the tests are run, and not which. */
const harmless = /^(-i|--runInBand|--ci|--verbose|--silent|--colors?|--no-colors?|-w=.+|--maxWorkers=.+)$/;

/** Half of the time goes into waiting for Prism, so two files at once are worth it on two cores too. */
function workersFor(args: readonly string[]): string[] {
  return args.some((argument) => /^(-i|--runInBand|-w=|--maxWorkers=)/.test(argument)) ? [] : ['--maxWorkers=2'];
}

/** Runs the tests, and reports what they recorded. The records are in a folder of this run alone. */
async function main(given: readonly string[]): Promise<boolean> {
  const startedAt = new Date();
  const withUnit = given.includes('--with-unit');
  const checks = await readChecks(given.find((argument) => argument.startsWith('--checks=')));
  const args = given.filter((argument) => argument !== '--with-unit' && !argument.startsWith('--checks='));
  const records = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const projects = withUnit ? [] : ['--selectProjects', 'contract'];
    const jest = await runJest([...workersFor(args), ...projects, ...args], records, withUnit);
    const document = objectOf(JSON.parse(await readFile(join(project, descriptionFile), 'utf8')));
    const { items, problems } = itemsIn(document);
    const report = buildReport({
      document,
      items,
      observations: await readRecords(records),
      failedTests: [...checks.failed, ...problems, ...jest.failed],
      startedAt,
      target: `Prism, as a mock of ${descriptionFile}`,
      complete: args.every((argument) => harmless.test(argument)),
    });
    const page = await writeReport(report, document, join(project, 'dist', 'contract'));
    if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotationsOf(report)) console.log(line);
    console.log(terminalText(report, relative(process.cwd(), page)));
    if (withUnit) console.log(totals(report, jest, checks));
    return verdictOf(report).passed && jest.exitCode === 0;
  } finally {
    await rm(records, { recursive: true, force: true });
  }
}

/** Checks that are no tests, such as lint. */
interface OtherChecks {
  readonly passed: number;
  readonly failed: readonly OtherFailure[];
}

async function readChecks(option: string | undefined): Promise<OtherChecks> {
  if (option === undefined) return { passed: 0, failed: [] };
  const checks = listOf(JSON.parse(await readFile(option.replace('--checks=', ''), 'utf8'))).filter(isJsonObject);
  const failed = checks
    .filter(({ passed }) => passed !== true)
    .map(({ title, output }) => ({ test: String(title), failure: String(output) }));
  return { passed: checks.length - failed.length, failed };
}

/** A spec from which no coverage items can be derived is a failure of its own, and the tests are reported all the same. */
function itemsIn(document: JsonObject): { items: CoverageItem[]; problems: OtherFailure[] } {
  try {
    return { items: coverageItemsOf(document), problems: [] };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { items: [], problems: [{ test: 'every constraint of the spec can be tested', failure }] };
  }
}

/** A run that failed without a test that did must not count as none. */
function totals(report: ContractReport, jest: JestRun, checks: OtherChecks): string {
  const uncovered = report.complete ? verdictOf(report).notExercised.length : 0;
  const failed = checks.failed.length + Math.max(jest.failed.length + uncovered, jest.exitCode === 0 ? 0 : 1);
  return `\n${String(checks.passed + jest.passed)} passed, ${String(failed)} failed`;
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(usage);
else process.exitCode = (await main(args)) ? 0 : 1;
