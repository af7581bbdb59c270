import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createPairFilter } from '../bulk/pair-filter.js';
import type { AssociationInput } from '../client/validate.js';
import { createBlockHashes } from './block-hashes.js';
import { rowsIn } from './open-rows.js';
import { openText } from './open-text.js';
import { readBlocks } from './read-blocks.js';
import type { RowOptions, RowSource } from './row.js';
import { cannotWrite, createTemporaryFolder, removeLeftFolders, temporaryPath } from './temporary-folder.js';

/** A file that has been read once, before anything of it is sent. */
export interface Scan {
  /** Where the rows are read: the file, or a copy of what can be read only once. */
  readonly path: string;
  /** The SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** How many rows it has that are not blank. */
  readonly rows: number;
  /** At most so many rows name a pair that an earlier row names. */
  readonly repeatedRows: number;
  /** A path for the temporary files of whoever scans: there may be nothing yet. `close` removes it. */
  readonly folder: string;
  /** Whether another row may name the same pair. Never false for one that is repeated. */
  mayRepeat(input: AssociationInput): boolean;
  /**
   * Reads the file again. No row is given of a block that is not what the scan has read.
   *
   * @throws SourceChangedError, while the rows are read, where the file is another one by now.
   */
  open(): Promise<RowSource>;
  /** Removes the temporary files. */
  close(): Promise<void>;
}

/** How far a scan is. */
export interface ScanProgress {
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

/** The least that a row of two ids takes, about, in bytes. */
const shortestRow = 16;

/**
 * Reads a file once, to know its content and which pairs it may name more than once. What can be
 * read only once is copied to a temporary file for that.
 *
 * @param path - The file, or `-` for standard input.
 * @param onRead - Is called again and again while it is read.
 * @throws InputError when its beginning shows that it cannot be read, or when its encoding cannot be told;
 *   StoppedError when the signal aborts; ConfigurationError when temporary files cannot be written;
 *   the system's error when the file cannot be read.
 */
export async function scanFile(
  path: string,
  options: RowOptions,
  signal: AbortSignal,
  onRead?: (read: ScanProgress) => void,
): Promise<Scan> {
  await removeLeftFolders();
  const folder = temporaryPath();
  // Whatever stays is no failure of the work, and is removed by the next run.
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  try {
    const file = (await canBeReadTwice(path)) ? path : await copy(path, folder, signal);
    const { size } = await stat(file);
    const filter = createPairFilter(size / shortestRow);
    const hashes = createBlockHashes();
    const { format, texts } = await openText(hashes.record(readBlocks(file, signal)), options);
    let rows = 0;
    const reader = format.readPairs((fromId, toId) => {
      rows += 1;
      if (fromId !== undefined && toId !== undefined) filter.add(fromId, toId);
    });
    for await (const text of texts(reader)) {
      reader.push(text);
      onRead?.({ rows, bytes: hashes.bytes, size });
    }
    try {
      reader.end();
    } catch {
      // The second reading says so, after the rows before that place.
    }
    filter.seal();
    return {
      path: file,
      sha256: hashes.sha256,
      bytes: hashes.bytes,
      rows,
      repeatedRows: filter.repeated,
      folder,
      mayRepeat: ({ from, to }) => filter.mayRepeat(from.id, to.id),
      open: () => rowsIn(hashes.check(readBlocks(file), path), options),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether a file can be read twice: a pipe or standard input cannot. */
export async function canBeReadTwice(path: string): Promise<boolean> {
  return path !== '-' && (await stat(path)).isFile();
}

async function copy(path: string, folder: string, signal: AbortSignal): Promise<string> {
  await createTemporaryFolder(folder);
  const target = join(folder, 'input');
  const file = await open(target, 'wx', 0o600).catch(cannotWrite);
  try {
    for await (const block of readBlocks(path, signal)) await file.writeFile(block).catch(cannotWrite);
  } finally {
    await file.close();
  }
  return target;
}
