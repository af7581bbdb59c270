import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { coverageItemsOf } from './checks/all-checks.js';
import { descriptionFile } from './judges/api-version.js';
import { annotationsOf } from './report/annotations.js';
import { buildReport } from './report/build-report.js';
import { runJest } from './report/jest.js';
import type { ContractReport, OtherTest } from './report/model.js';
import { readRecords } from './report/records.js';
import { terminalText } from './report/terminal.js';
import { stateOf, verdictOf } from './report/verdict.js';
import { writeReport } from './report/write-report.js';
import type { CoverageItem } from './spec/coverage-item.js';
import { isJsonObject, listOf, objectOf, type JsonObject } from './spec/document.js';

const usage = `npm run contract               the contract tests, and the report of what they exercised
npm run contract -- -t inputs  a part of them: every other argument goes to jest

  --all             the unit and the end-to-end tests too, in the same run
  --checks=FILE     the results of other checks, which belong in the report
  --output=FOLDER   where the report goes (default: dist/contract)

CONTRACT_API_VERSION=2026-03 runs them for that version of the API.`;

const project = join(import.meta.dirname, '..');
const ownOption = /^--(all|(checks|output)=.*)$/;

/** What changes how the tests are run, and not which. */
const harmless = /^(-i|--runInBand|--ci|--verbose|--silent|--colors?|--no-colors?|-w=.+|--maxWorkers=.+)$/;

/** Runs the tests, and reports what they recorded. */
async function main(given: readonly string[]): Promise<boolean> {
  const startedAt = new Date();
  const args = given.filter((argument) => !ownOption.test(argument));
  const valueOf = (option: string): string | undefined =>
    given.find((argument) => argument.startsWith(`--${option}=`))?.slice(option.length + 3);
  const all = given.includes('--all');
  const document = objectOf(JSON.parse(await readFile(join(project, descriptionFile), 'utf8')));
  const { items, problems } = itemsIn(document);
  const records = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const tests = await runJest(args, defaultsFor(args, all), records, all);
    const report = buildReport({
      document,
      items,
      observations: await readRecords(records),
      otherTests: [...(await readChecks(valueOf('checks'))), ...problems, ...tests],
      startedAt,
      target: `Prism, as a mock of ${descriptionFile}`,
      complete: args.every((argument) => harmless.test(argument)),
    });
    const page = await writeReport(report, document, resolve(valueOf('output') ?? join(project, 'dist', 'contract')));
    if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotationsOf(report)) console.log(line);
    console.log(terminalText(report, relative(process.cwd(), page)));
    if (all) console.log(`\n${totals(report)}`);
    return verdictOf(report).passed;
  } finally {
    await rm(records, { recursive: true, force: true });
  }
}

/** Half of the time goes into waiting for Prism, so two files at once are worth it on two cores too. */
function defaultsFor(args: readonly string[], all: boolean): string[] {
  const workers = args.some((argument) => /^(-i|--runInBand|-w=|--maxWorkers=)/.test(argument));
  return [...(workers ? [] : ['--maxWorkers=2']), ...(all ? [] : ['--selectProjects', 'contract'])];
}

/** Checks that are no tests, such as lint, as `npm test` passes them on. */
async function readChecks(file: string | undefined): Promise<OtherTest[]> {
  const checks = file === undefined ? [] : listOf(JSON.parse(await readFile(file, 'utf8'))).filter(isJsonObject);
  return checks.map(({ title, passed, durationMs, output }) => ({
    suite: 'checks',
    name: String(title),
    durationMs: Number(durationMs),
    failure: passed === true ? undefined : String(output),
  }));
}

/** A spec from which no coverage items can be derived is a failure of its own, and the tests are reported all the same. */
function itemsIn(document: JsonObject): { items: CoverageItem[]; problems: OtherTest[] } {
  try {
    return { items: coverageItemsOf(document), problems: [] };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const name = 'every constraint of the spec can be tested';
    return { items: [], problems: [{ suite: 'spec', name, durationMs: 0, failure }] };
  }
}

function totals(report: ContractReport): string {
  const { failed, missing, otherFailures } = verdictOf(report);
  const held = report.items.filter((item) => stateOf(item) === 'passed').length;
  const passed = held + report.otherTests.length - otherFailures.length;
  return `${String(passed)} passed, ${String(failed.length + missing.length + otherFailures.length)} failed`;
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(usage);
else process.exitCode = (await main(args)) ? 0 : 1;
