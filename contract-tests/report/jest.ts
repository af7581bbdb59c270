import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isJsonObject, listOf } from '../spec/document.js';

const project = join(import.meta.dirname, '..', '..');

/** A test, or a file of tests that could not be run. */
interface FailedTest {
  readonly test: string;
  readonly failure: string;
  /** The file it is in. */
  readonly file: string;
}

/** What a run of jest came to. */
export interface JestRun {
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: readonly FailedTest[];
}

/**
 * Runs jest as `npm run jest` does, and reads its results.
 *
 * @param records - The folder in which the tests write down what they find.
 */
export async function runJest(args: readonly string[], records: string, quiet: boolean): Promise<JestRun> {
  const results = join(records, 'jest.json');
  const program = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', program];
  const child = spawn(process.execPath, [...node, ...args, '--json', '--outputFile', results], {
    cwd: project,
    stdio: ['ignore', 'ignore', quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, CONTRACT_RECORDS: records },
  });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  if (quiet && exitCode !== 0) console.error(output);
  return { exitCode, ...(await readResults(results)) };
}

async function readResults(file: string): Promise<Omit<JestRun, 'exitCode'>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return { passed: 0, failed: [{ test: 'jest', failure: 'It ended without results.', file: '' }] };
  }
  const results: unknown = JSON.parse(text);
  const suites = isJsonObject(results) ? listOf(results['testResults']) : [];
  const passed = isJsonObject(results) ? Number(results['numPassedTests']) : 0;
  return { passed, failed: suites.flatMap(failuresOf) };
}

/** A file that could not be run has a message, and no test. */
function failuresOf(suite: unknown): FailedTest[] {
  if (!isJsonObject(suite) || suite['status'] !== 'failed') return [];
  const file = String(suite['name']);
  const failed = listOf(suite['assertionResults']).filter(
    (result) => isJsonObject(result) && result['status'] === 'failed',
  );
  if (failed.length === 0) return [{ test: relative(project, file), failure: plain(String(suite['message'])), file }];
  return failed.filter(isJsonObject).map((result) => ({
    test: String(result['fullName']),
    failure: plain(listOf(result['failureMessages']).map(String).join('\n')),
    file,
  }));
}

/** Without the colours of the terminal. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '');
}
