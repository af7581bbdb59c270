import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Source files of one folder, and the unit tests beside them. */
export interface TestedFolder {
  readonly folder: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Files whose tests start processes: those run other code than the one that is changed here. */
  readonly notMeasured: readonly string[];
}

/** The source files at some paths, each a file or a folder. */
export function testedFolders(paths: readonly string[]): TestedFolder[] {
  const found = paths.flatMap(sourcesAt);
  return [...new Set(found.map((file) => dirname(file)))].map((folder) => {
    const names = readdirSync(folder);
    const ofFolder = found.filter((file) => dirname(file) === folder);
    const notMeasured = ofFolder.filter((file) => names.includes(relative(folder, file).replace(/ts$/, 'e2e.test.ts')));
    const files = ofFolder.filter((file) => !notMeasured.includes(file));
    return { folder, files, tests: names.filter(isUnitTest).map((name) => join(folder, name)), notMeasured };
  });
}

function sourcesAt(path: string): string[] {
  if (statSync(path).isFile()) return [relative('.', path)];
  return readdirSync(path)
    .filter(isSource)
    .map((name) => join(path, name));
}

function isSource(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts') && !['index.ts', 'test-support.ts'].includes(name);
}

function isUnitTest(name: string): boolean {
  return name.endsWith('.test.ts') && !name.endsWith('.e2e.test.ts');
}
