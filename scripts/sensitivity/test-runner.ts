import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, toMutantRunResult, type TestRunner } from '@stryker-mutator/api/test-runner'; // prettier-ignore
import { isJsonObject, member, stringsOf } from '../../src/client/json.js';
import { instrumentation } from './instrumentation.js';
import { loadTests, type Durations, type Tests } from './run-tests.js';

/** In the sandbox of the run, because an endless loop ends the process of the runner. */
const durationsFile = 'test-durations.json';

/**
 * Runs Jest tests in the process of StrykerJS, bundled once. A mutant takes milliseconds; Jest takes half a
 * second per test file before its first test begins.
 */
function createTestRunner(options: StrykerOptions): TestRunner {
  let tests: Tests | undefined;
  let durations: Durations = new Map();
  const loaded = async (): Promise<Tests> =>
    (tests ??= await loadTests(stringsOf(member(options, 'tests')).map((file) => resolve(file))));

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      // A failed test may leave work behind, which must not end the process.
      process.on('unhandledRejection', () => undefined);
      if (existsSync(durationsFile)) durations = readDurations();
      await loaded();
    },
    dryRun: async () => {
      const mutantCoverage = { static: {}, perTest: {} };
      instrumentation.mutantCoverage = mutantCoverage;
      const results = await (await loaded()).runAll();
      durations = new Map(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
      writeFileSync(durationsFile, JSON.stringify(Object.fromEntries(durations)));
      return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
    },
    mutantRun: async ({ activeMutant, testFilter, hitLimit }) => {
      Object.assign(instrumentation, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
      const results = await (await loaded()).runUntilFailure(testFilter && new Set(testFilter), durations);
      const endless = determineHitLimitReached(instrumentation.hitCount, hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results });
    },
  };
}
createTestRunner.inject = tokens(commonTokens.options);

function readDurations(): Durations {
  const read: unknown = JSON.parse(readFileSync(durationsFile, 'utf8'));
  return new Map(Object.entries(isJsonObject(read) ? read : {}).map(([id, ms]) => [id, Number(ms)]));
}

/** The exports that StrykerJS expects of a plugin. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', createTestRunner)];

/** The runner's own option. */
export const strykerValidationSchema = { properties: { tests: { type: 'array', items: { type: 'string' } } } };
