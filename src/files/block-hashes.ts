import { createHash, type Hash } from 'node:crypto';
import { SourceChangedError } from './source-changed-error.js';

/** What a file was, block by block, so that a later reading can be held to it. */
export interface BlockHashes {
  readonly bytes: number;
  /** The SHA-256 of all blocks, in hexadecimal. */
  readonly sha256: string;
  /** Hands blocks on, and remembers what they were. */
  record(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void>;
  /**
   * Hands blocks on that are the recorded ones.
   *
   * @param path - What the error names.
   * @throws SourceChangedError in place of the first block that is another one, or is one too many,
   *   or at the end if one is missing.
   */
  check(blocks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void>;
}

export function createBlockHashes(): BlockHashes {
  const whole = createHash('sha256');
  /** After each block, the hash of the file up to there: so one hash serves for the blocks and for the whole. */
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
