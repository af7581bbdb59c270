import { fstatSync, lstatSync, readlinkSync, statSync, type BigIntStats } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { ConfigurationError } from '../client/errors.js';
import { systemReason } from './system-reason.js';

/** A file that is given to a command. */
export interface FileOfCommand {
  /** The argument that names it: `FILE`, or an option such as `--ledger`. */
  readonly option: string;
  /** `undefined` if the option is not given. For a file that is read, `-` is standard input. */
  readonly path: string | undefined;
  readonly writes: boolean;
}

/**
 * Prevents a command from overwriting its own files. Each file that it writes is compared with all others,
 * by identity rather than by spelling. Standard output and standard error count as written. Opens nothing.
 *
 * @throws ConfigurationError naming both arguments that lead to the same file.
 */
export function requireDistinctFiles(files: readonly FileOfCommand[]): void {
  const earlier: Identified[] = [
    { label: 'standard output', id: idOfStream(1), writes: true },
    { label: 'standard error', id: idOfStream(2), writes: true },
  ];
  for (const { option, path, writes } of files) {
    if (path === undefined) continue;
    const isStandardInput = path === '-' && !writes;
    const id = isStandardInput ? idOfStream(0) : idOf(path, option);
    const same = earlier.find((other) => id !== undefined && other.id === id && (writes || other.writes));
    if (same !== undefined) {
      const what = isStandardInput ? 'standard input' : path;
      throw new ConfigurationError(option, `${what} is the same file as ${same.label}. Name another.`);
    }
    earlier.push({ label: isStandardInput ? 'standard input' : `${option} ${path}`, id, writes });
  }
}

interface Identified {
  readonly label: string;
  /** Equal for all paths to the same file. `undefined` if writing does no harm. */
  readonly id: string | undefined;
  readonly writes: boolean;
}

function idOf(path: string, option: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? idOfNew(path) : idOfFile(found);
  } catch (error) {
    throw new ConfigurationError(option, `${path} cannot be used: ${systemReason(error)}`, { cause: error });
  }
}

function idOfStream(descriptor: number): string | undefined {
  try {
    return idOfFile(fstatSync(descriptor, { bigint: true }));
  } catch {
    // The stream is closed.
    return undefined;
  }
}

/** Only regular files have an id: a terminal, a pipe or /dev/null may be given several times. */
function idOfFile(found: BigIntStats): string | undefined {
  return found.isFile() ? `${String(found.dev)}:${String(found.ino)}` : undefined;
}

/**
 * The id of a file that does not exist yet: its real folder and its name, after following links. Names that
 * differ only in case, or in how accents are composed, are the same file on some file systems.
 */
function idOfNew(path: string): string {
  const folder = dirname(path);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    const target = readlinkSync(path);
    // Not `resolve`: the meaning of `..` depends on links, too.
    return idOfNew(isAbsolute(target) ? target : `${folder}/${target}`);
  }
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false });
  const folderId = found === undefined ? resolve(folder) : `${String(found.dev)}:${String(found.ino)}`;
  return `${folderId}/${basename(path).normalize('NFC').toLowerCase()}`;
}
