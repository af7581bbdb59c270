import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** A source file, and the tests beside it that import it. */
export interface TestedFile {
  readonly file: string;
  readonly tests: readonly string[];
}

/** The source files at a path: a file, or a folder. */
export function testedFilesAt(path: string): TestedFile[] {
  const isFile = statSync(path).isFile();
  const files = isFile ? [relative('.', path)] : readdirSync(path).filter(isSource).map((name) => join(path, name)); // prettier-ignore
  return files.map((file) => ({ file, tests: ownTests(file) }));
}

function isSource(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts') && !['index.ts', 'test-support.ts'].includes(name);
}

function ownTests(file: string): string[] {
  const folder = dirname(file);
  const specifier = `'./${basename(file, '.ts')}.js'`;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((test) => readFileSync(test, 'utf8').includes(specifier));
}
