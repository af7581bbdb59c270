import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Preload this into a process to end it with its parent. */
export const endWithParent = join(import.meta.dirname, 'end-with-parent.js');

/** Creates a folder within the project, so that code in it can import the project's packages. */
export async function createScratchFolder(): Promise<string> {
  const parent = process.env['SCRATCH_FOLDER'] ?? join(project, 'dist');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'scratch-'));
}

/** A process, everything that it starts, and its temporary folders. */
interface RunGroup {
  readonly child: ChildProcess;
  /** Resolves with the exit code once the process, everything that it started and its folders are gone. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs Node in its own process group. Nothing is left behind, even if it or this process is killed.
 *
 * @param results - A folder of this process, which is removed only if this process is killed.
 */
export async function runGroup(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  output: readonly ('ignore' | 'pipe' | 'inherit')[],
  results?: string,
): Promise<RunGroup> {
  const [temporary, scratch] = [await mkdtemp(join(tmpdir(), 'run-')), await createScratchFolder()];
  const folders = [temporary, scratch];
  const child: ChildProcess = spawn(process.execPath, ['--import', endWithParent, ...args], {
    cwd: project,
    detached: true,
    stdio: ['pipe', ...output],
    env: {
      ...process.env,
      ...variables,
      TMPDIR: temporary,
      SCRATCH_FOLDER: scratch,
      RUN_STARTED_BY: String(process.pid),
      RUN_FOLDERS: JSON.stringify(results === undefined ? folders : [...folders, results]),
    },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(async () => {
    endGroup(child);
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return { child, ended };
}

/** Kills what is left of the group. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is already empty.
  }
}
