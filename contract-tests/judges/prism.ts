import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { endWithParent } from '../project/run-group.js';
import { descriptionFile } from './api-version.js';
import type { Fetch } from './subject.js';

/** A Prism process that accepts requests. */
export interface Prism {
  readonly url: string;
  /** Sends a request to it. If Prism has ended, the error says so. */
  readonly fetch: Fetch;
  /** What Prism has printed so far. */
  output(): string;
  /** Ends the process, and resolves once it has exited. */
  stop(): Promise<void>;
}

const project = join(import.meta.dirname, '..', '..');
const program = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');

const spec = join(project, descriptionFile);

/** Starts Prism as a mock of the spec. It refuses invalid requests with an error. */
export function startPrism(): Promise<Prism> {
  return start('mock', '--errors', spec);
}

/** Starts Prism as a proxy. It replaces the reply with an error if the request or the reply is invalid. */
export function startProxy(upstream: string): Promise<Prism> {
  return start('proxy', '--errors', spec, upstream);
}

/** Starts Prism as a proxy that forwards every reply unchanged, and lists violations in the header `sl-violations`. */
export function startObserver(upstream: string): Promise<Prism> {
  return start('proxy', spec, upstream);
}

/**
 * Sends a request on a new connection. A request on a kept-alive connection is lost if the server closes the
 * connection at that moment.
 */
export function fetchOnce(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('connection', 'close');
  return fetch(new Request(request, { headers }));
}

/** Starts Prism on a free port, and resolves once it reports that it is listening. */
function start(...command: string[]): Promise<Prism> {
  const args = ['--import', endWithParent, program, ...command, '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', resolve));
  let output = '';
  const fetchFromPrism: Fetch = async (request) => {
    try {
      return await fetchOnce(request);
    } catch (cause) {
      const { exitCode, signalCode } = child;
      if (exitCode === null && signalCode === null) throw cause;
      const reason = `Prism ended with ${String(exitCode ?? signalCode)} while the tests were running`;
      throw new Error(`${reason}. Its last output:\n${output.slice(-2_000)}`, { cause });
    }
  };

  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Prism did not start in time. Its output:\n${output}`));
    }, 200_000);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /Prism is listening on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(deadline);
      resolve({
        url,
        fetch: fetchFromPrism,
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
      reject(new Error(`Prism ended with ${String(code)}. Its output:\n${output}`));
    });
  });
}
