import { spawn } from 'node:child_process';

/** What a Node process came to. */
export interface NodeRun {
  readonly exitCode: number | null;
  /** What it printed, on standard output and on standard error. */
  readonly output: string;
}

/**
 * Runs Node to its end. A test runner in it must not take this one's variables for its own.
 *
 * @param variables - More variables of the environment.
 */
export function runNode(
  args: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<NodeRun> {
  const environment = Object.entries(process.env).filter(([name]) => !/^(JEST|NODE_TEST|NODE_OPTIONS)/.test(name));
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(environment), ...variables },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}
