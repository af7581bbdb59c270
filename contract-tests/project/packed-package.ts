import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { objectOf } from '../../src/openapi/index.js';

const project = join(import.meta.dirname, '..', '..');
const execute = promisify(execFile);

/** A folder of its own, in which commands are run. */
export interface Workplace {
  readonly folder: string;
  /** Runs a command of a shell to its end, and yields its standard output. Rejects if it fails. */
  run(command: string): Promise<string>;
  /** @returns The path of the file. */
  write(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

const quietNpm = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };

export async function createWorkplace(): Promise<Workplace> {
  const root = await mkdtemp(join(tmpdir(), 'package-'));
  const folder = join(root, 'project');
  await mkdir(folder);
  // The settings of the npm that runs these tests would be those of the npm that is run here.
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

/** What `git clone` yields once the working tree is committed. */
export async function cloneProject(): Promise<Workplace> {
  const clone = await createWorkplace();
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await execute('git', list, { cwd: project });
  for (const path of new Set(stdout.split('\0').filter((path) => path !== '' && existsLink(join(project, path))))) {
    await mkdir(dirname(join(clone.folder, path)), { recursive: true });
    await cp(join(project, path), join(clone.folder, path), { verbatimSymlinks: true });
  }
  return clone;
}

/** A file that is deleted, and not committed, is listed all the same. A link counts, wherever it leads. */
function existsLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Stands for `npm ci`: the packages of the clone are those of the project. */
export function linkPackages(clone: Workplace): Promise<void> {
  return symlink(join(project, 'node_modules'), join(clone.folder, 'node_modules'), 'junction');
}

/** Installs a tarball of the package in a project of somebody else. */
export async function installPackage(tarball: string, consumer: Workplace): Promise<void> {
  const dependencies = (await runtimeDependencies()).map((path) => `"${join(project, path)}"`);
  // Installed as copies from the project's own packages, so that no registry is needed.
  await consumer.run(`npm install --offline --install-links "${tarball}" ${dependencies.join(' ')}`);
}

/** Where the project has the packages that its own package depends on, and those that they depend on. */
async function runtimeDependencies(): Promise<string[]> {
  const lockfile = objectOf(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
  return Object.entries(objectOf(lockfile['packages']))
    .filter(([path, entry]) => path !== '' && !('dev' in objectOf(entry)) && !('devOptional' in objectOf(entry)))
    .map(([path]) => path);
}
