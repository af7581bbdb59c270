import { execFileSync } from 'node:child_process';

/** Runs git in a folder and returns its output. */
export function git(folder: string, args: readonly string[], input: string | Buffer = ''): Buffer {
  return execFileSync('git', args, { cwd: folder, input, stdio: 'pipe', maxBuffer: 2 ** 28 });
}
