import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { createDefaultEsmPreset } from 'ts-jest';
import type { TestedFile } from './own-tests.js';

/** A change of a file, and whether a test killed it. */
export interface Mutant {
  /** The change itself, without its line, so that the name stays valid when the code moves. */
  readonly name: string;
  readonly line: number;
  readonly isKilled: boolean;
}

/**
 * Applies every mutation of StrykerJS except string mutations, one at a time, and runs the tests in the folder of the
 * file that import it. Running all tests of the folder would kill more mutants, but take hours.
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
    // Long enough for a busy machine; a mutant may never end.
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
        isKilled: status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
      }));
  } finally {
    rmSync(sandbox, { recursive: true, force: true });
  }
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The text of a location. Lines and columns start at 1. */
function textAt(source: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
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
