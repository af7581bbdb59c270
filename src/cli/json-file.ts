import { readFile } from 'node:fs/promises';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { systemReason } from './system-reason.js';

/** @throws ConfigurationError naming the option, if the file cannot be read or is not JSON. */
export async function readJsonFile(option: string, path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigurationError(option, `${path} cannot be read: ${systemReason(error)}`, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(option, `${path} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
}
