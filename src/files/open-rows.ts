import { openText } from './open-text.js';
import { readBlocks } from './read-blocks.js';
import type { Row, RowOptions, RowSource } from './row.js';

/**
 * Opens a file of pairs: CSV, NDJSON or one JSON document, detected by its content.
 *
 * @param path - The file, or `-` for standard input.
 * @throws InputError if its beginning shows that it cannot be read; StoppedError if the signal aborts;
 *   the system's error if it cannot be opened.
 */
export function openRows(path: string, options: RowOptions): Promise<RowSource> {
  return rowsIn(readBlocks(path, options.signal), options);
}

/** Reads the rows in the blocks of a file. */
export async function rowsIn(blocks: AsyncIterable<Uint8Array>, options: RowOptions): Promise<RowSource> {
  const opened = await openText(blocks, options);
  const { format, texts } = opened;
  const chunks = async function* (): AsyncGenerator<readonly Row[], void> {
    let rows: Row[] = [];
    const reader = format.readRows((row) => {
      rows.push(row);
    });
    for await (const text of texts(reader)) {
      reader.push(text);
      if (rows.length > 0) yield rows;
      rows = [];
    }
    reader.end();
    if (rows.length > 0) yield rows;
  };
  return {
    format: format.format,
    columns: format.columns,
    delimiter: format.delimiter ?? ',',
    get encoding() {
      return opened.encoding;
    },
    chunks: chunks(),
  };
}
