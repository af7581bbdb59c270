import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../client/errors.js';
import { stringMember } from '../client/json.js';
import { nearest } from '../client/nearest.js';
import type { FileOfCommand } from './distinct-files.js';
import { systemReason } from './system-reason.js';

/**
 * Checks that a file can be read before anything is started.
 *
 * @param path - The file, or `-` for standard input.
 * @throws ConfigurationError, with a suggestion if a similar file exists.
 */
export async function requireReadable(path: string): Promise<void> {
  if (path === '-') return;
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new ConfigurationError('FILE', await folderMessage(path));
    await access(path, constants.R_OK);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const isMissing = stringMember(error, 'code') === 'ENOENT';
    const message = isMissing ? await missingMessage(path) : `${path} cannot be read: ${systemReason(error)}`;
    throw new ConfigurationError('FILE', message, { cause: error });
  }
}

/** @throws ConfigurationError for an output file whose folder does not exist, or that is a folder. */
export async function requireFolders(files: readonly FileOfCommand[]): Promise<void> {
  for (const { option, path, writes } of files) {
    if (path === undefined || !writes) continue;
    const isFolder = await stat(path).then((found) => found.isDirectory(), () => false); // prettier-ignore
    if (isFolder) throw new ConfigurationError(option, `${path} is a folder. Name a file in it.`);
    const folder = dirname(path);
    const exists = await stat(folder).then((found) => found.isDirectory(), () => false); // prettier-ignore
    if (exists) continue;
    throw new ConfigurationError(option, `${path} cannot be written: there is no folder ${folder}. Create it first, or name a file elsewhere.`); // prettier-ignore
  }
}

async function folderMessage(path: string): Promise<string> {
  const names = await readdir(path).catch(() => []);
  const name = names.find((found) => /\.(csv|ndjson|jsonl|json|txt|tsv)$/i.test(found)) ?? 'pairs.csv';
  return `${path} is a folder. Name a file in it, such as ${join(path, name)}`;
}

async function missingMessage(path: string): Promise<string> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return `there is no folder ${resolve(folder)}, so no ${basename(path)} in it.`;
  const near = nearest(basename(path), names);
  const advice = near === undefined ? 'Name the file of pairs, or - for standard input.' : `Did you mean ${join(folder, near)}?`; // prettier-ignore
  return `there is no file ${basename(path)} in ${resolve(folder)}. ${advice}`;
}
