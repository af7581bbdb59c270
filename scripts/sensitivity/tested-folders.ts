import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Source files of one folder, and the tests beside them. */
export interface TestedFolder {
  readonly folder: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** The source files at some paths, each a file or a folder. */
export function testedFolders(paths: readonly string[]): TestedFolder[] {
  const files = paths.flatMap(sourcesAt);
  return [...new Set(files.map((file) => dirname(file)))].map((folder) => ({
    folder,
    files: files.filter((file) => dirname(file) === folder),
    tests: readdirSync(folder).filter(isUnitTest).map((name) => join(folder, name)),
  })); // prettier-ignore
}

function sourcesAt(path: string): string[] {
  if (statSync(path).isFile()) return [relative('.', path)];
  return readdirSync(path).filter(isSource).map((name) => join(path, name)); // prettier-ignore
}

function isSource(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts') && !['index.ts', 'test-support.ts'].includes(name);
}

/** End-to-end tests start processes, which run other code than the one that is changed here. */
function isUnitTest(name: string): boolean {
  return name.endsWith('.test.ts') && !name.endsWith('.e2e.test.ts');
}
