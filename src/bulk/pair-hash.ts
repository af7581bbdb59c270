/** Hashes pairs of ids without allocating memory. */
export interface PairHash {
  /** 32 evenly distributed bits for a pair. */
  of(fromId: string, toId: string): number;
  /** 32 more bits for the pair of the last call of `of`. */
  readonly furtherBits: number;
}

export function createPairHash(): PairHash {
  // Random seeds prevent anyone from constructing pairs with the same hash.
  const [firstSeed = 0, secondSeed = 0] = crypto.getRandomValues(new Uint32Array(2));
  let furtherBits = 0;
  return {
    get furtherBits() {
      return furtherBits;
    },
    of: (fromId, toId) => {
      let one = firstSeed;
      let other = secondSeed;
      for (let index = 0; index < fromId.length; index += 1) {
        const unit = fromId.charCodeAt(index);
        one = Math.imul(one ^ unit, 0x9e3779b1);
        other = Math.imul(other ^ unit, 0x5f356495);
      }
      // Mixing in the length distinguishes 1 and 23 from 12 and 3.
      one = Math.imul(one ^ (fromId.length + 0x10000), 0x9e3779b1);
      other = Math.imul(other ^ (fromId.length + 0x10000), 0x5f356495);
      for (let index = 0; index < toId.length; index += 1) {
        const unit = toId.charCodeAt(index);
        one = Math.imul(one ^ unit, 0x9e3779b1);
        other = Math.imul(other ^ unit, 0x5f356495);
      }
      furtherBits = mix(other ^ (one >>> 13));
      return mix(one ^ (other >>> 15));
    },
  };
}

/** The last step of MurmurHash3: every bit of the state changes about half of the output bits. */
function mix(state: number): number {
  let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
