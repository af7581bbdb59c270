import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultApiVersion, type ApiVersion } from '../../generated/client.js';
import { ConfigurationError } from '../client/errors.js';

/** A mock of the API that listens on 127.0.0.1. */
export interface Mock {
  /** Pass it to the client as `baseUrl`. */
  readonly url: string;
  /** Ends the process, and settles when it has exited. */
  stop(): Promise<void>;
}

/** Options of the mock. */
export interface MockOptions {
  /** @default a free port */
  readonly port?: number;
  /**
   * The version of the API to mock.
   *
   * @default '2025-09'
   */
  readonly apiVersion?: ApiVersion;
  /**
   * The OpenAPI description to mock.
   *
   * @default the description of that version in this package
   */
  readonly spec?: string;
}

const require = createRequire(import.meta.url);

/**
 * Starts Prism with the description that this package was generated from. It refuses requests that violate
 * the description, and replies with its examples. `Prefer: code=429` and `Prefer: example=NAME` select one.
 *
 * Needs `@stoplight/prism-cli`, an optional peer dependency, in the calling project.
 *
 * @throws ConfigurationError if Prism is not installed, or does not start.
 */
export async function startMock({
  port = 0,
  apiVersion,
  spec = packagedSpec(apiVersion),
}: MockOptions = {}): Promise<Mock> {
  const args = [prism(), 'mock', '--errors', spec, '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => { resolve(); })); // prettier-ignore
  // End the mock even if a test runner exits without stopping it.
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  const url = await addressOf(child);
  return {
    url,
    stop: () => {
      process.removeListener('exit', kill);
      child.kill();
      return exited;
    },
  };
}

/** The path of the description of an API version in this package. */
export function packagedSpec(apiVersion: ApiVersion = defaultApiVersion): string {
  const name = apiVersion === defaultApiVersion ? 'openapi' : `openapi.${apiVersion}`;
  return require.resolve(`hubspot-associations/${name}.json`);
}

/** Finds Prism in the calling project, which is not where this file is if the package is linked. */
function prism(): string {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve('@stoplight/prism-cli/dist/index.js');
    } catch {
      // Try the next place.
    }
  }
  throw new ConfigurationError('@stoplight/prism-cli', 'is not installed: npm install --save-dev @stoplight/prism-cli');
}

/** Reads from Prism's output where it listens, or why it does not. */
async function addressOf({ stdout, stderr }: ChildProcess): Promise<string> {
  if (stdout === null) throw new ConfigurationError('mock', 'Prism has no output.');
  const printed: string[] = [];
  stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  for await (const line of createInterface(stdout)) {
    printed.push(line);
    const url = /Prism is listening on (http:\/\/[\d.:]+)/.exec(line)?.[1];
    if (url === undefined) continue;
    // Keep reading: a full pipe would block Prism.
    stdout.resume();
    return url;
  }
  throw new ConfigurationError('mock', `Prism did not start. It printed:\n${printed.slice(-20).join('\n')}`);
}
