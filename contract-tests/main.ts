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
import { isJsonObject, listOf, objectOf, type JsonObject } from '../src/openapi/index.js';

const usage = `npm run contract               runs the contract tests and writes the coverage report
npm run contract -- -t inputs  runs a part of them; jest receives all other arguments

  --all             also runs the unit and end-to-end tests
  --checks=FILE     adds the results of other checks to the report
  --output=FOLDER   the folder of the report (default: dist/contract)

CONTRACT_API_VERSION=2026-03 tests another API version.`;

const project = join(import.meta.dirname, '..');
const ownOption = /^--(all|(checks|output)=.*)$/;

/** Arguments that do not change which tests run. */
const keepsSelection = /^(-i|--runInBand|--ci|--verbose|--silent|--colors?|--no-colors?|-w=.+|--maxWorkers=.+)$/;

/** Runs the tests and writes the report. */
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
      complete: args.every((argument) => keepsSelection.test(argument)),
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

/** The tests spend half their time waiting for Prism, so two workers pay off even on two cores. */
function defaultsFor(args: readonly string[], all: boolean): string[] {
  const workers = args.some((argument) => /^(-i|--runInBand|-w=|--maxWorkers=)/.test(argument));
  return [...(workers ? [] : ['--maxWorkers=2']), ...(all ? [] : ['--selectProjects', 'contract'])];
}

/** The results of checks such as lint, which `npm test` passes on. */
async function readChecks(file: string | undefined): Promise<OtherTest[]> {
  const checks = file === undefined ? [] : listOf(JSON.parse(await readFile(file, 'utf8'))).filter(isJsonObject);
  return checks.map(({ title, passed, durationMs, output }) => ({
    suite: 'checks',
    name: String(title),
    durationMs: Number(durationMs),
    failure: passed === true ? undefined : String(output),
  }));
}

/** If no coverage items can be derived from the spec, that is one failure; the report still has the other tests. */
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
