import { createHash, type Hash } from 'node:crypto';
import { SourceChangedError } from './source-changed-error.js';

/** Hashes of a file, block by block, to detect changes when it is read again. */
export interface BlockHashes {
  readonly bytes: number;
  /** The SHA-256 of all blocks, in hexadecimal. */
  readonly sha256: string;
  /** Passes blocks through, and remembers their hashes. */
  record(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void>;
  /**
   * Passes blocks through as long as they equal the recorded ones.
   *
   * @param path - The path that the error names.
   * @throws SourceChangedError instead of the first block that differs or is additional, or at the end if
   *   a block is missing.
   */
  check(blocks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void>;
}

export function createBlockHashes(): BlockHashes {
  const whole = createHash('sha256');
  /** After each block, the hash of the file so far. So one hash serves both the blocks and the whole file. */
  const hashes: string[] = [];
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    get sha256() {
      return hashSoFar(whole);
    },
    async *record(blocks) {
      for await (const block of blocks) {
        whole.update(block);
        hashes.push(hashSoFar(whole));
        bytes += block.length;
        yield block;
      }
    },
    async *check(blocks, path) {
      const again = createHash('sha256');
      let count = 0;
      for await (const block of blocks) {
        again.update(block);
        if (hashSoFar(again) !== hashes[count]) throw new SourceChangedError(path);
        count += 1;
        yield block;
      }
      if (count < hashes.length) throw new SourceChangedError(path);
    },
  };
}

function hashSoFar(hash: Hash): string {
  return hash.copy().digest('hex');
}
