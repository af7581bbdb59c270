import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { annotationsOf } from '../../contract-tests/report/annotations.js';
import { buildReport } from '../../contract-tests/report/build-report.js';
import type { Cell, ContractReport, OtherFailure } from '../../contract-tests/report/model.js';
import { readRecords } from '../../contract-tests/report/records.js';
import { terminalText } from '../../contract-tests/report/terminal.js';
import { verdictOf } from '../../contract-tests/report/verdict.js';
import { writeReport } from '../../contract-tests/report/write-report.js';
import { cellsOf } from '../../contract-tests/support/cells.js';
import { objectOf, type JsonObject } from '../../contract-tests/support/document.js';
import { runJest, type JestRun } from './jest.js';

const project = join(import.meta.dirname, '..', '..');

/** How the tests are run. */
export interface ContractOptions {
  /** For jest. */
  readonly args: readonly string[];
  /** Whether every contract test is among those that run, so that a cell without one is a failure. */
  readonly complete: boolean;
  /** Whether jest prints only when something fails. */
  readonly quiet: boolean;
  /** @defaultValue `dist/contract` */
  readonly folder?: string;
}

/** What the tests came to, and what the report says of them. */
export interface ContractRun {
  readonly jest: JestRun;
  readonly report: ContractReport;
  /** How many cells no test exercised, though every test ran. */
  readonly uncovered: number;
  readonly passed: boolean;
}

/**
 * Runs tests with jest, writes the contract report of what they recorded, and prints what is wrong.
 * The records are in a folder of this run alone, so that two runs at once do not mix.
 */
export async function runContract({ args, complete, quiet, folder }: ContractOptions): Promise<ContractRun> {
  const startedAt = new Date();
  const records = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const jest = await runJest(args, records, quiet);
    const document = objectOf(JSON.parse(await readFile(join(project, 'generated', 'openapi.json'), 'utf8')));
    const { cells, problems } = cellsIn(document);
    const tests = jest.failed.filter(({ file }) => file === '' || file.startsWith(join(project, 'contract-tests')));
    const report = buildReport({
      document,
      cells,
      observations: await readRecords(records),
      failedTests: [...problems, ...tests],
      startedAt,
      target: 'Prism, as a mock of generated/openapi.json',
      complete,
    });
    const page = await writeReport(report, document, folder ?? join(project, 'dist', 'contract'));
    print(report, relative(process.cwd(), page));
    const { passed, notExercised } = verdictOf(report);
    return { jest, report, uncovered: complete ? notExercised.length : 0, passed: passed && jest.exitCode === 0 };
  } finally {
    await rm(records, { recursive: true, force: true });
  }
}

/** A spec from which no cells can be derived is a failure of its own, and the tests are reported all the same. */
function cellsIn(document: JsonObject): { cells: Cell[]; problems: OtherFailure[] } {
  try {
    return { cells: cellsOf(document), problems: [] };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { cells: [], problems: [{ test: 'every constraint of the spec can be tested', failure }] };
  }
}

function print(report: ContractReport, page: string): void {
  if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotationsOf(report)) console.log(line);
  console.log(terminalText(report, page));
}
