import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What `npm run build` has built. */
export const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** What a run of the command line came to. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a process. */
export interface Command {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Its standard output, once that holds the text. */
  printed(text: string): Promise<string>;
  readonly ended: Promise<CommandRun>;
}

/** Starts what `npm run build` has built, in a process of its own. */
export function start(args: readonly string[], environment: Record<string, string> = {}): Command {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  // A command that does not read its input may be gone before it has been written.
  child.stdin.on('error', () => undefined);
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; resolve: (stdout: string) => void }[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const { text, resolve } of waiting) if (stdout.includes(text)) resolve(stdout);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    child,
    printed: (text) =>
      new Promise((resolve) => {
        if (stdout.includes(text)) resolve(stdout);
        else waiting.push({ text, resolve });
      }),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve({ exitCode, stdout, stderr });
      });
    }),
  };
}

/** Runs the command line to its end, with this on its standard input. */
export function run(args: readonly string[], environment?: Record<string, string>, stdin = ''): Promise<CommandRun> {
  const { child, ended } = start(args, environment);
  child.stdin.end(stdin);
  return ended;
}
