import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** A source file, and the tests in its folder that import it. */
export interface TestedFile {
  readonly file: string;
  readonly tests: readonly string[];
}

/** The source file at a path, or the source files of a folder. */
export function testedFilesAt(path: string): TestedFile[] {
  const isFile = statSync(path).isFile();
  const files = isFile ? [relative('.', path)] : readdirSync(path).filter(isSource).map((name) => join(path, name)); // prettier-ignore
  return files.map((file) => ({ file, tests: ownTests(file) }));
}

function isSource(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts') && !['index.ts', 'test-support.ts'].includes(name);
}

/** The tests that import a file. If none of them has its name, also tests that import it indirectly. */
function ownTests(file: string): string[] {
  const importers = importersOf(file);
  const direct = importers.filter((name) => name.endsWith('.test.ts'));
  if (direct.some((test) => basename(test, '.test.ts') === basename(file, '.ts'))) return direct;
  const indirect = importers.flatMap(importersOf).filter((name) => name.endsWith('.test.ts'));
  return [...new Set([...direct, ...indirect])];
}

function importersOf(file: string): string[] {
  const folder = dirname(file);
  const specifier = `'./${basename(file, '.ts')}.js'`;
  const beside = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return beside.map((name) => join(folder, name)).filter((path) => readFileSync(path, 'utf8').includes(specifier));
}
