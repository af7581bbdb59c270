import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createScratchFolder } from './run-group.js';
import { runNode, type NodeRun } from './run-node.js';

const project = join(import.meta.dirname, '..', '..');

/** A copy of openapi/ and generated/ for tests to change. */
export interface ScratchProject {
  readonly folder: string;
  /** Runs the generator on the copy. */
  generate(...options: string[]): Promise<NodeRun>;
  /** Replaces a text in a file of openapi/. Fails if the file does not contain it. */
  edit(file: string, from: string, to: string): Promise<void>;
  /** The files of generated/, by name. */
  generated(): Promise<Record<string, string>>;
  remove(): Promise<void>;
}

/** Creates the copy within the project, so that generated code can import the project's packages. */
export async function createScratchProject(): Promise<ScratchProject> {
  const folder = await createScratchFolder();
  for (const name of ['openapi', 'generated']) await cp(join(project, name), join(folder, name), { recursive: true });
  return {
    folder,
    generate: (...options) => runGenerator('--root', folder, ...options),
    edit: async (file, from, to) => {
      const path = join(folder, 'openapi', file);
      const text = await readFile(path, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
      await writeFile(path, text.replace(from, to));
    },
    generated: async () => {
      const files: Record<string, string> = {};
      for (const name of (await readdir(join(folder, 'generated'))).sort()) {
        files[name] = await readFile(join(folder, 'generated', name), 'utf8');
      }
      return files;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function runGenerator(...options: string[]): Promise<NodeRun> {
  return runNode(['--import', 'tsx', join('scripts', 'generate.ts'), ...options], project);
}
