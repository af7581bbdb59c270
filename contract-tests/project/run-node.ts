import { spawn } from 'node:child_process';

/** The result of a Node process. */
export interface NodeRun {
  readonly exitCode: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

/**
 * Runs Node until it exits, without the variables of this test runner, because it may run a test runner itself.
 *
 * @param variables - Additional environment variables.
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
