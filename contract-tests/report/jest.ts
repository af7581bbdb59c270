import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runGroup } from '../project/run-group.js';
import { isJsonObject, listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import type { OtherTest } from './model.js';

const project = join(import.meta.dirname, '..', '..');

/**
 * Runs jest as `npm run jest` does.
 *
 * @param args - The user's arguments for jest.
 * @param defaults - Further arguments for jest.
 * @param folder - A folder for this run only, where the tests write their observations.
 * @param quiet - Whether jest prints only when something fails.
 * @returns Every test that ran. A run that fails without a failed test yields one that reports it.
 */
export async function runJest(
  args: readonly string[],
  defaults: readonly string[],
  folder: string,
  quiet: boolean,
): Promise<OtherTest[]> {
  const results = join(folder, 'jest.json');
  const program = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', program];
  const { child, ended } = await runGroup(
    // The defaults come last: after `--selectProjects`, jest would parse a pattern as another project.
    [...node, ...args, ...defaults, '--json', '--outputFile', results],
    { CONTRACT_RECORDS: folder },
    ['ignore', quiet ? 'pipe' : 'inherit'],
    folder,
  );
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await ended;
  const tests = await readTests(results);
  if (exitCode === 0 && tests.length === 0) return [failedRun(`No test matches ${args.join(' ')}.`)];
  if (exitCode === 0 || tests.some(({ failure }) => failure !== undefined)) return tests;
  return [...tests, failedRun(`jest exited with code ${String(exitCode)}.\n${plain(output).slice(-5_000)}`)];
}

function failedRun(failure: string): OtherTest {
  return { suite: 'jest', name: 'jest runs the tests', durationMs: 0, failure };
}

async function readTests(file: string): Promise<OtherTest[]> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return listOf(objectOf(JSON.parse(text))['testResults'])
    .filter(isJsonObject)
    .flatMap(testsOf);
}

/** A file that could not be run has a message but no tests. */
function testsOf({ name, status, message, assertionResults }: JsonObject): OtherTest[] {
  const suite = relative(project, String(name));
  const ran = listOf(assertionResults)
    .filter(isJsonObject)
    .filter((test) => test['status'] === 'passed' || test['status'] === 'failed');
  if (ran.length === 0 && status === 'failed')
    return [{ suite, name: suite, durationMs: 0, failure: plain(String(message)) }];
  return ran.map((test) => ({
    suite,
    name: String(test['fullName']),
    durationMs: Number(test['duration'] ?? 0),
    failure: test['status'] === 'failed' ? plain(listOf(test['failureMessages']).join('\n')) : undefined,
  }));
}

/** Strips terminal colours. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '');
}
