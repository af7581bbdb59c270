import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { isJsonObject } from '../openapi/index.js';

/** A description as text, and what messages call it. */
export interface Source {
  readonly text: string;
  readonly name: string;
}

/** There is nothing to read at what was named. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** What a git revision is compared by when no file of it is named. */
export const describedIn = 'generated/openapi.json';

/**
 * Reads a file, an `http` or `https` URL, or a file of a git revision: `REV:path`, or `REV` alone for
 * {@link describedIn}. A file is tried first.
 *
 * @param folder - What files are relative to, inside the git work tree.
 * @throws SourceError when none of them is there.
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
  const name = argument.includes(':') ? argument : `${argument}:${describedIn}`;
  // A path of a revision counts from the top of the work tree, unless it begins with a dot.
  const object = argument.includes(':') ? argument : `${argument}:./${describedIn}`;
  try {
    const { stdout } = await promisify(execFile)('git', ['show', '--end-of-options', object], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    });
    return { name, text: stdout };
  } catch (error) {
    const said =
      messageOf(error)
        .split('\n')
        .find((line) => line.startsWith('fatal:')) ?? messageOf(error);
    throw new SourceError(`${argument}: is no file, and git cannot show ${object} (${said.trim()}).`, { cause: error });
  }
}

async function download(url: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    const cause = isJsonObject(error) ? error['cause'] : undefined;
    throw new SourceError(`${url}: cannot be reached: ${messageOf(cause ?? error)}`, { cause: error });
  });
  if (!response.ok) throw new SourceError(`${url}: answers ${String(response.status)} instead of a description.`);
  return response.text();
}

function isMissing(error: unknown): boolean {
  return isJsonObject(error) && (error['code'] === 'ENOENT' || error['code'] === 'ENOTDIR');
}

export function messageOf(error: unknown): string {
  return isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
}
