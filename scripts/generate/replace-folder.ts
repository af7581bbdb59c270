import { existsSync, renameSync, rmSync } from 'node:fs';

/** Another process may put its own folder there in between, over and over. */
const mostAttempts = 20;

/**
 * Puts a folder that has been written elsewhere in the place of another one, if there is one: nobody
 * finds a part of either. Both have to be on the same file system.
 *
 * @throws The system's error when the folder cannot be replaced; both folders stay where they are.
 */
export function replaceFolder(folder: string, fresh: string): void {
  const former = `${fresh}-former`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A folder cannot be renamed onto one that has files.
      if (existsSync(folder)) renameSync(folder, former);
      renameSync(fresh, folder);
      return;
    } catch (error) {
      if (existsSync(former) && !existsSync(folder)) renameSync(former, folder);
      if (attempt === mostAttempts) throw error;
    } finally {
      rmSync(former, { recursive: true, force: true });
    }
  }
}
