import type { OutcomeKind } from '../bulk/outcome.js';
import type { RepeatedPairs } from '../files/repeated-pairs.js';

/** The outcomes of rows whose pair is repeated further down. */
export interface FirstOutcomes {
  set(line: number, kind: OutcomeKind): void;
  /** A row without an outcome was not sent. */
  of(line: number): OutcomeKind;
}

const kinds: readonly OutcomeKind[] = ['unsent', 'created', 'failed', 'invalid', 'unconfirmed'];

/** One byte for each line of the file, if it repeats any pair. */
export function createFirstOutcomes({ laterRows, lastLine }: RepeatedPairs): FirstOutcomes {
  const outcomes = new Uint8Array(laterRows === 0 ? 0 : lastLine + 1);
  return {
    set: (line, kind) => {
      if (line < outcomes.length) outcomes[line] = kinds.indexOf(kind);
    },
    of: (line) => kinds[outcomes[line] ?? 0] ?? 'unsent',
  };
}
