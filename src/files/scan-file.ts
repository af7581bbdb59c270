import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createPairFilter } from '../bulk/pair-filter.js';
import type { AssociationInput } from '../client/validate.js';
import { createBlockHashes } from './block-hashes.js';
import { rowsIn } from './open-rows.js';
import { openText } from './open-text.js';
import { readBlocks } from './read-blocks.js';
import type { RowOptions, RowSource } from './row.js';
import { throwCannotWrite, createTemporaryFolder, removeAbandonedFolders, temporaryPath } from './temporary-folder.js';

/** A file that has been read once, before any of it is sent. */
export interface Scan {
  /** The path from which the rows are read: the file, or a copy if the source can be read only once. */
  readonly path: string;
  /** The SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** The number of rows that are not blank. */
  readonly rows: number;
  /** The maximum number of rows that repeat the pair of an earlier row. */
  readonly repeatedRows: number;
  /** A path for the caller's temporary files. The folder may not exist yet. `close` removes it. */
  readonly folder: string;
  /** Whether another row may name the same pair. Never false for a repeated pair. */
  mayRepeat(input: AssociationInput): boolean;
  /**
   * Reads the file again. Yields no row of a block that has changed since the scan.
   *
   * @throws SourceChangedError, while the rows are read, if the file has changed.
   */
  open(): Promise<RowSource>;
  /** Removes the temporary files. */
  close(): Promise<void>;
}

/** The progress of a scan. */
export interface ScanProgress {
  readonly rows: number;
  readonly bytes: number;
  /** The size of the whole file, in bytes. */
  readonly size: number;
}

/** The approximate minimum size of a row with two ids, in bytes. */
const shortestRow = 16;

/**
 * Reads a file once, to hash it and to find the pairs that may be repeated. A source that can be read only
 * once is copied to a temporary file.
 *
 * @param path - The file, or `-` for standard input.
 * @param onRead - Called repeatedly during the scan.
 * @throws InputError if its beginning shows that it cannot be read, or if its encoding cannot be
 *   determined; StoppedError if the signal aborts; ConfigurationError if temporary files cannot be written;
 *   the system's error if the file cannot be read.
 */
export async function scanFile(
  path: string,
  options: RowOptions,
  signal: AbortSignal,
  onRead?: (read: ScanProgress) => void,
): Promise<Scan> {
  await removeAbandonedFolders();
  const folder = temporaryPath();
  // A failure to remove the folder does not matter: the next run removes it.
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
      // Reading the file again reports this error, after the rows before it.
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
  const file = await open(target, 'wx', 0o600).catch(throwCannotWrite);
  try {
    for await (const block of readBlocks(path, signal)) await file.writeFile(block).catch(throwCannotWrite);
  } finally {
    await file.close();
  }
  return target;
}
