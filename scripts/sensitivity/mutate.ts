import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/** A change of a file, and whether a test noticed it. */
export interface Mutant {
  readonly file: string;
  /** Names the mutant by what it changes, wherever in the file that stands. */
  readonly name: string;
  readonly line: number;
  readonly isNoticed: boolean;
}

/** Changes files in every way that StrykerJS knows but for their texts, one change at a time, and runs the tests that reach it. */
export async function mutate(files: readonly string[], tests: readonly string[]): Promise<Mutant[]> {
  const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const sandbox = mkdtempSync(join(tmpdir(), 'sensitivity-'));
  const stryker = new Stryker({
    reporters: ['survivors', 'progress-append-only'],
    allowConsoleColors: false,
    mutate: [...files],
    // A text is a message as a rule, and its words are no decision.
    mutator: { plugins: null, excludedMutations: ['StringLiteral'] },
    plugins: ['test-runner.ts', 'survivor-reporter.ts'].map((name) => join(import.meta.dirname, name)),
    testRunner: 'in-process',
    testRunnerNodeArgs: ['--import', 'tsx'],
    tests,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Only a loop without end comes to this: the runner ends every test that waits for ever.
    timeoutMS: 10_000,
    ignorePatterns: ['dist', 'contract-tests', 'samples', 'scripts'],
    tempDirName: sandbox,
  });
  try {
    const results = await stryker.runMutationTest();
    return results
      .filter(({ status }) => status !== 'CompileError' && status !== 'Ignored')
      .map(({ fileName, location, replacement, mutatorName, status }) => {
        const file = relative('.', fileName);
        const original = textAt(sources.get(file) ?? '', location);
        return {
          file,
          name: `${file}: ${mutatorName} ${oneLine(original)} → ${oneLine(replacement)}`,
          line: location.start.line,
          isNoticed: status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
        };
      });
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

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
