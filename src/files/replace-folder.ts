import { existsSync, renameSync, rmSync } from 'node:fs';

/** A concurrent process may put its own folder there first, several times. */
const maxAttempts = 20;

/**
 * Replaces a folder, if there is one, with another, so that readers never see a part of either. Both
 * must be on the same file system.
 *
 * @throws The system's error if the folder cannot be replaced. Both folders stay where they are.
 */
export function replaceFolder(folder: string, fresh: string): void {
  const former = `${fresh}-former`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A folder cannot be renamed onto a non-empty one.
      if (existsSync(folder)) renameSync(folder, former);
      renameSync(fresh, folder);
      return;
    } catch (error) {
      if (existsSync(former) && !existsSync(folder)) renameSync(former, folder);
      if (attempt === maxAttempts) throw error;
    } finally {
      rmSync(former, { recursive: true, force: true });
    }
  }
}
