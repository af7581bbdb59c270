import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { objectOf } from '../../src/openapi/index.js';

const project = join(import.meta.dirname, '..', '..');
const execute = promisify(execFile);

/** A temporary folder in which commands run. */
export interface Sandbox {
  readonly folder: string;
  /** Runs a shell command and returns its standard output. Rejects if the command fails. */
  run(command: string): Promise<string>;
  /** @returns The path of the file. */
  write(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

const quietNpm = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };

export async function createSandbox(): Promise<Sandbox> {
  const root = await mkdtemp(join(tmpdir(), 'package-'));
  const folder = join(root, 'project');
  await mkdir(folder);
  // Otherwise npm would inherit the settings of the npm that runs these tests.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|JEST|NODE_OPTIONS|INIT_CWD)/i.test(name));
  const env = { ...Object.fromEntries(own), ...quietNpm, npm_config_cache: join(root, 'npm') };
  return {
    folder,
    run: async (command) => (await execute(command, { cwd: folder, env, shell: true })).stdout,
    write: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** A clone of the project, including uncommitted changes. */
export async function cloneProject(): Promise<Sandbox> {
  const clone = await createSandbox();
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await execute('git', list, { cwd: project });
  for (const path of new Set(stdout.split('\0').filter((path) => path !== '' && existsOrIsLink(join(project, path))))) {
    await mkdir(dirname(join(clone.folder, path)), { recursive: true });
    await cp(join(project, path), join(clone.folder, path), { verbatimSymlinks: true });
  }
  return clone;
}

/** Git also lists files that were deleted without a commit. A link exists even if its target does not. */
function existsOrIsLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Replaces `npm ci`: links the packages of the project into the clone. */
export function linkPackages(clone: Sandbox): Promise<void> {
  return symlink(join(project, 'node_modules'), join(clone.folder, 'node_modules'), 'junction');
}

/** Installs a tarball of the package in another project. */
export async function installPackage(tarball: string, consumer: Sandbox): Promise<void> {
  const dependencies = (await runtimeDependencies()).map((path) => `"${join(project, path)}"`);
  // The dependencies are copied from the project, so no registry is needed.
  await consumer.run(`npm install --offline --install-links "${tarball}" ${dependencies.join(' ')}`);
}

/** The paths of all direct and indirect runtime dependencies. */
async function runtimeDependencies(): Promise<string[]> {
  const lockfile = objectOf(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
  return Object.entries(objectOf(lockfile['packages']))
    .filter(([path, entry]) => path !== '' && !('dev' in objectOf(entry)) && !('devOptional' in objectOf(entry)))
    .map(([path]) => path);
}
