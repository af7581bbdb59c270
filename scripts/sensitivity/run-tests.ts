import { basename } from 'node:path';
import { TestStatus, type TestResult } from '@stryker-mutator/api/test-runner';
import { addEventHandler, resetState, run, type Event } from 'jest-circus';
import { bundleTests } from './bundle-tests.js';
import { instrumentation } from './instrumentation.js';

/** How long each test takes without a mutant, in milliseconds. */
export type Durations = ReadonlyMap<string, number>;

/** Runs tests in this process, each time with fresh modules. */
export interface Tests {
  runAll(): Promise<TestResult[]>;
  /** Runs tests until one fails: those of these ids, or all. */
  runUntilFailure(ids: ReadonlySet<string> | undefined, durations: Durations): Promise<TestResult[]>;
}

/** A test that hangs fails after this multiple of its usual duration, plus a few seconds for a busy machine. */
const patience = { factor: 5, ms: 4_000 };

/** As in `jest.config.js`; used until the duration of a test is known. */
const suiteTimeoutMs = 300_000;

export async function loadTests(files: readonly string[]): Promise<Tests> {
  const bundles = new Map(await Promise.all(files.map(async (file) => [file, await bundleTests(file)] as const)));
  let isSelected: (id: string) => boolean = () => true;
  let usualMs: Durations = new Map();
  let results: TestResult[] = [];
  let current = '';

  addEventHandler((event: Event): void => {
    if (event.name === 'test_start') {
      const id = idOf(current, event.test);
      if (!isSelected(id)) event.test.mode = 'skip';
      else instrumentation.currentTestId = id;
      event.test.timeout = patience.factor * (usualMs.get(id) ?? suiteTimeoutMs) + patience.ms;
    }
    if (event.name === 'test_done') {
      delete instrumentation.currentTestId;
      results.push(resultOf(idOf(current, event.test), event.test.duration ?? 0, event.test.errors));
    }
  });

  const runFile = async (file: string): Promise<void> => {
    current = file;
    resetState();
    try {
      bundles.get(file)?.();
      await run();
    } catch (error) {
      results.push(resultOf(`${basename(file)} is loaded`, 0, [error]));
    }
  };
  return {
    runAll: async () => {
      [isSelected, usualMs, results] = [() => true, new Map(), []];
      for (const file of bundles.keys()) await runFile(file);
      return results;
    },
    runUntilFailure: async (ids, durations) => {
      const hasFailed = (): boolean => results.some(({ status }) => status === TestStatus.Failed);
      [isSelected, usualMs, results] = [(id) => !hasFailed() && (ids?.has(id) ?? true), durations, []];
      for (const file of quickestFirst(bundles.keys(), [...(ids ?? durations.keys())], durations)) {
        if (!hasFailed()) await runFile(file);
      }
      return results;
    },
  };
}

/** The files that contain these tests, the quickest first. */
function quickestFirst(files: Iterable<string>, ids: readonly string[], durations: Durations): string[] {
  const withDuration = [...files].flatMap((file) => {
    const held = ids.filter((id) => id.startsWith(`${basename(file)}: `));
    return held.length === 0 ? [] : [{ file, ms: held.reduce((sum, id) => sum + (durations.get(id) ?? 0), 0) }];
  });
  return withDuration.sort((a, b) => a.ms - b.ms).map(({ file }) => file);
}

function resultOf(id: string, timeSpentMs: number, errors: readonly unknown[]): TestResult {
  if (errors.length === 0) return { id, name: id, timeSpentMs, status: TestStatus.Success };
  const [error]: unknown[] = errors.flat();
  const failureMessage = error instanceof Error ? error.message : String(error);
  return { id, name: id, timeSpentMs, status: TestStatus.Failed, failureMessage };
}

type Titled = Pick<Extract<Event, { name: 'test_done' }>['test'], 'name' | 'parent'>;

function idOf(file: string, test: Titled): string {
  const titles = [test.name];
  for (let block = test.parent; block.parent !== undefined; block = block.parent) titles.unshift(block.name);
  return `${basename(file)}: ${titles.join(' ')}`;
}
