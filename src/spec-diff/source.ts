import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { isJsonObject } from '../openapi/index.js';

/** A description as text, with its name in messages. */
export interface Source {
  readonly text: string;
  readonly name: string;
}

/** A source cannot be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** The file of a git revision that is read if no path is given. */
export const generatedSpecFile = 'generated/openapi.json';

/**
 * Reads a file, an `http` or `https` URL, or a file of a git revision: `REV:path`, or `REV` alone for
 * {@link generatedSpecFile}. A file is tried first.
 *
 * @param folder - Base of relative paths, inside the git work tree.
 * @throws SourceError if the source cannot be read.
 */
export async function readSource(argument: string, folder: string): Promise<Source> {
  if (/^https?:\/\//i.test(argument)) return { name: argument, text: await download(argument) };
  const file = await readFile(resolve(folder, argument), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw new SourceError(`${argument}: cannot be read: ${messageOf(error)}`);
  });
  return file === undefined ? readRevision(argument, folder) : { name: argument, text: file };
}

async function readRevision(argument: string, folder: string): Promise<Source> {
  const name = argument.includes(':') ? argument : `${argument}:${generatedSpecFile}`;
  // Git resolves the path from the top of the work tree, unless it begins with a dot.
  const object = argument.includes(':') ? argument : `${argument}:./${generatedSpecFile}`;
  try {
    const { stdout } = await promisify(execFile)('git', ['show', '--end-of-options', object], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    });
    return { name, text: stdout };
  } catch (error) {
    const gitMessage =
      messageOf(error)
        .split('\n')
        .find((line) => line.startsWith('fatal:')) ?? messageOf(error);
    throw new SourceError(`${argument}: is not a file, and git cannot show ${object} (${gitMessage.trim()}).`, {
      cause: error,
    });
  }
}

async function download(url: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    const cause = isJsonObject(error) ? error['cause'] : undefined;
    throw new SourceError(`${url}: could not be downloaded: ${messageOf(cause ?? error)}`, { cause: error });
  });
  if (!response.ok)
    throw new SourceError(`${url}: returned status ${String(response.status)} instead of a description.`);
  return response.text();
}

function isMissing(error: unknown): boolean {
  return isJsonObject(error) && (error['code'] === 'ENOENT' || error['code'] === 'ENOTDIR');
}

export function messageOf(error: unknown): string {
  return isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
}
