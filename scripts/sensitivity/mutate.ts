import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/** A change of a file, and whether a test killed it. */
export interface Mutant {
  readonly file: string;
  /** The change itself, without its line, so that the name stays valid when the code moves. */
  readonly name: string;
  readonly line: number;
  readonly isKilled: boolean;
}

/** Applies every mutation of StrykerJS except string mutations, one at a time, and runs the tests that reach it. */
export async function mutate(files: readonly string[], tests: readonly string[]): Promise<Mutant[]> {
  const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const sandbox = mkdtempSync(join(tmpdir(), 'sensitivity-'));
  const stryker = new Stryker({
    reporters: ['survivors', 'progress-append-only'],
    allowConsoleColors: false,
    mutate: [...files],
    // Most strings are messages.
    mutator: { plugins: null, excludedMutations: ['StringLiteral'] },
    plugins: ['test-runner.ts', 'survivor-reporter.ts'].map((name) => join(import.meta.dirname, name)),
    testRunner: 'in-process',
    testRunnerNodeArgs: ['--import', 'tsx'],
    tests,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Only an endless loop takes this long: the runner ends every test that hangs.
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
          isKilled: status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
        };
      });
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

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
