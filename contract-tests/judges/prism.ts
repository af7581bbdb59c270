import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { endWithParent } from '../project/run-group.js';
import { descriptionFile } from './api-version.js';
import type { Fetch } from './subject.js';

/** A Prism process that listens. */
export interface Prism {
  readonly url: string;
  /** Sends a request to it, and says so where it is Prism that has gone. */
  readonly fetch: Fetch;
  /** What Prism has printed. */
  output(): string;
  /** Ends the process, and settles when it has gone. */
  stop(): Promise<void>;
}

const project = join(import.meta.dirname, '..', '..');
const program = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');

const spec = join(project, descriptionFile);

/** Starts Prism as a mock of the spec. A request that breaks the spec is answered with an error. */
export function startPrism(): Promise<Prism> {
  return start('mock', '--errors', spec);
}

/** Starts Prism in front of a server. A request or a reply that breaks the spec is answered with an error. */
export function startProxy(upstream: string): Promise<Prism> {
  return start('proxy', '--errors', spec, upstream);
}

/** Starts Prism in front of a server. Every reply passes as it is, with what breaks the spec in the header `sl-violations`. */
export function startObserver(upstream: string): Promise<Prism> {
  return start('proxy', spec, upstream);
}

/**
 * Sends a request on a connection of its own. A server closes one that it has kept for a while, and a
 * request that goes out on it at that moment is lost.
 */
export function fetchOnce(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('connection', 'close');
  return fetch(new Request(request, { headers }));
}

/** Prism takes a free port of 127.0.0.1, and listens when it says so. */
function start(...command: string[]): Promise<Prism> {
  const args = ['--import', endWithParent, program, ...command, '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', resolve));
  let output = '';
  const reach: Fetch = async (request) => {
    try {
      return await fetchOnce(request);
    } catch (cause) {
      const { exitCode, signalCode } = child;
      if (exitCode === null && signalCode === null) throw cause;
      const end = `Prism ended with ${String(exitCode ?? signalCode)} while the tests were running`;
      throw new Error(`${end}. It printed last:\n${output.slice(-2_000)}`, { cause });
    }
  };

  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Prism did not listen in time. It printed:\n${output}`));
    }, 200_000);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /Prism is listening on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(deadline);
      resolve({
        url,
        fetch: reach,
        output: () => output,
        stop: () => {
          child.kill();
          return exited;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(deadline);
      reject(new Error(`Prism ended with ${String(code)}. It printed:\n${output}`));
    });
  });
}
