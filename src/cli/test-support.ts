import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach } from '@jest/globals';
import { serve, type Server } from '../simulator/index.js';

/** What `npm run build` has built. */
export const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** The object types and the association type of most tests. */
export const contactsToCompanies = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];

export const token = 'pat-eu1-11111111-2222-3333-4444-555555555555';
export const withToken = { HUBSPOT_ACCESS_TOKEN: token };

/** The result of a run of the command line. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The summary of a run with `--json`: the last line. */
export function summary({ stdout }: Pick<CommandRun, 'stdout'>): Record<string, unknown> {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

/** Ends a run immediately: the first interrupt only makes it finish the requests in progress. */
export async function interruptTwice({ child, printed }: Command): Promise<void> {
  child.kill('SIGINT');
  await printed('press Ctrl-C again to stop immediately');
  child.kill('SIGINT');
}

/** The command line as a process. */
export interface Command {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Waits until its standard output or standard error contains the text, and returns its standard output. */
  readonly printed: (text: string) => Promise<string>;
  readonly ended: Promise<CommandRun>;
}

/** Starts the built command line in a separate process; or another program. */
export function start(args: readonly string[], environment: Record<string, string> = {}, other?: string): Command {
  const child = spawn(other ?? process.execPath, other === undefined ? [program, ...args] : [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  // A command that does not read its input may exit before it is written.
  child.stdin.on('error', () => undefined);
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; resolve: (stdout: string) => void }[] = [];
  const holds = (text: string): boolean => stdout.includes(text) || stderr.includes(text);
  const resolveWaiting = (): void => {
    for (const { text, resolve } of waiting) if (holds(text)) resolve(stdout);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    resolveWaiting();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    resolveWaiting();
  });
  return {
    child,
    printed: (text) =>
      new Promise((resolve) => {
        if (holds(text)) resolve(stdout);
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

/** Prints `ready` as soon as the process handles interrupts. Before that, an interrupt would kill it. */
export const sayingWhenReady = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    "process.on('newListener', (name) => { if (name === 'SIGINT') setImmediate(() => console.error('ready')); });",
  )}`,
};

/** Runs the command line to its end, with this on its standard input. */
export function run(args: readonly string[], environment?: Record<string, string>, stdin = ''): Promise<CommandRun> {
  const { child, ended } = start(args, environment);
  child.stdin.end(stdin);
  return ended;
}

/** Files and servers of a test, removed after it. */
export interface Workspace {
  readonly folder: string;
  /** The path of a file with this name in the folder, whether or not it exists. */
  path(name: string): string;
  /** Writes a file, and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  /** Makes a named pipe. */
  fifo(name: string): Promise<string>;
  /** Writes a CSV file that pairs this many contacts, numbered from 1, with company 1. */
  pairs(count: number): Promise<string>;
  /** Serves on a free port, and returns the address. */
  serve(fetch: (request: Request) => Promise<Response>): Promise<string>;
}

/** Gives each test of a file its own workspace. */
export function useWorkspace(): Workspace {
  let folder = '';
  const servers: Server[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'command-'));
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await rm(folder, { recursive: true });
  });
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    get folder() {
      return folder;
    },
    path: (name) => join(folder, name),
    file,
    fifo: async (name) => {
      await promisify(execFile)('mkfifo', [join(folder, name)]);
      return join(folder, name);
    },
    pairs: (count) => {
      const rows = Array.from({ length: count }, (_, index) => `${String(index + 1)},1`);
      return file('pairs.csv', ['from_id,to_id', ...rows, ''].join('\n'));
    },
    serve: async (fetch) => {
      const server = await serve(fetch);
      servers.push(server);
      return server.url;
    },
  };
}

/** Something that happens once, for which a test can wait. */
export interface Signal {
  readonly given: Promise<void>;
  give(): void;
}

export function createSignal(): Signal {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return {
    given,
    give: () => {
      give();
    },
  };
}
