import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { createDefaultEsmPreset } from 'ts-jest';
import type { TestedFile } from './own-tests.js';

/** A change of a file, and whether a test noticed it. */
export interface Mutant {
  /** Names the mutant by what it changes, wherever in the file that stands. */
  readonly name: string;
  readonly line: number;
  readonly isNoticed: boolean;
}

/**
 * Changes a file in every way that StrykerJS knows but for its texts, one change at a time, and runs
 * the tests beside the file that import it. All tests of the folder would notice more, and take hours.
 */
export async function mutate({ file, tests }: TestedFile): Promise<Mutant[]> {
  const sandbox = mkdtempSync(join(tmpdir(), 'sensitivity-'));
  const source = readFileSync(file, 'utf8');
  const stryker = new Stryker({
    mutate: [file],
    mutator: { plugins: null, excludedMutations: ['StringLiteral'] },
    plugins: ['@stryker-mutator/jest-runner'],
    testRunner: 'jest',
    jest: { projectType: 'custom', enableFindRelatedTests: false, config: jestConfig(tests) },
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A mutant may wait for ever, and the machine may be busy with other work.
    timeoutMS: 10_000,
    ignorePatterns: ['dist', 'contract-tests', 'samples', 'scripts'],
    tempDirName: sandbox,
    reporters: [],
    allowConsoleColors: false,
  });
  try {
    const results = await stryker.runMutationTest();
    return results
      .filter(({ status }) => status !== 'CompileError' && status !== 'Ignored')
      .map(({ location, replacement, mutatorName, status }) => ({
        name: `${file}: ${mutatorName} ${oneLine(textAt(source, location))} → ${oneLine(replacement)}`,
        line: location.start.line,
        isNoticed: status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
      }));
  } finally {
    rmSync(sandbox, { recursive: true, force: true });
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text between two places. Lines and columns are counted from 1. */
function textAt(source: string, { start, end }: { readonly start: Place; readonly end: Place }): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.pop() ?? '';
  return [...lines, last.slice(0, end.column - 1)].join('\n').slice(start.column - 1);
}

function jestConfig(tests: readonly string[]): object {
  return {
    ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    testMatch: tests.map((test) => `<rootDir>/${test}`),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
