import { createBatcher } from '../bulk/batcher.js';
import type { BatchSource } from '../bulk/batch-source.js';
import { addMerged, mergePairs, type Named } from '../bulk/merge-pairs.js';
import { createPairWindow } from '../bulk/pair-window.js';
import type { Stop } from '../bulk/stop.js';
import { createInputWriter } from '../bulk/written-input.js';
import { InputError } from '../client/errors.js';
import type { InputRow, RowSource } from '../files/row.js';
import { createRowStore } from '../files/row-store.js';
import type { Scan } from '../files/scan-file.js';
import type { KnownOutcome } from '../ledger/known-rows.js';
import type { RowSettlement } from './row-settlement.js';

export interface RowBatchesOptions {
  readonly source: RowSource;
  /** The scan of the file; `undefined` if it is read only once. */
  readonly scan: Scan | undefined;
  /** The outcome of a row in an earlier run, by its line. */
  readonly outcomeOf: (line: number) => KnownOutcome | undefined;
  readonly settlement: RowSettlement;
  readonly batchSize: number;
  readonly stop: Stop;
  /** Whether a stopped run goes on reading, so that every row is listed. */
  readonly readsAfterStop: () => boolean;
}

/**
 * Makes the batches of a file. Rows that are invalid or have an outcome in the ledger are settled here.
 * Rows whose pair may be repeated wait until the others have been sent; then each pair is sent once, with
 * the types of all its rows.
 */
export function rowBatches(options: RowBatchesOptions): BatchSource<InputRow> {
  const { source, scan, outcomeOf, settlement, stop } = options;
  const batcher = createBatcher<InputRow>(options.batchSize);
  const write = createInputWriter();
  const window = createPairWindow(batcher);
  const store = createRowStore(scan?.folder ?? '', 2 * (scan?.repeatedRows ?? 0));
  /** The number of rows in the store. */
  let held = 0;
  let hasStopped = false;
  let ended = false;

  const add = (row: InputRow): void => {
    const known = outcomeOf(row.line);
    const written = known === undefined ? write(row.input) : undefined;
    if (known !== undefined) settlement.known(row, known);
    else if (written instanceof InputError) settlement.invalid(row, written);
    else if (written !== undefined && scan === undefined) window.add(row, written);
    else if (written !== undefined) batcher.add(written, row);
  };
  async function* readRows(): AsyncGenerator<void, void> {
    for await (const rows of source.chunks) {
      if (hasStopped && !options.readsAfterStop()) return;
      const repeated: InputRow[] = [];
      for (const row of rows) {
        settlement.read();
        if (row.input === undefined) settlement.invalid(row, row.error);
        else if (scan?.mayRepeat(row.input) === true) repeated.push(row);
        else add(row);
        if (batcher.isReady) yield;
      }
      held += repeated.length;
      if (repeated.length > 0) await store.add(repeated);
      await settlement.flush();
    }
  }
  async function* readRepeated(): AsyncGenerator<void, void> {
    for await (const rows of store.parts()) {
      const named: Named<InputRow>[] = [];
      for (const item of rows) {
        const written = write(item.input);
        if (written instanceof InputError) settlement.invalid(item, written);
        else named.push({ item, written });
      }
      held -= rows.length;
      for (const pair of mergePairs(named)) {
        // If any of its rows has to be sent, the pair is sent with all types.
        if (pair.items.every(({ line }) => outcomeOf(line) !== undefined)) pair.items.forEach(add);
        else addMerged(batcher, pair);
        if (batcher.isReady) yield;
      }
      await settlement.flush();
    }
  }
  async function* read(): AsyncGenerator<void, void> {
    for (const part of [readRows(), readRepeated()]) {
      try {
        yield* part;
      } catch (error) {
        stop.stop('source', error);
      }
    }
    batcher.flush();
    // If the disk failed, rows in the store cannot be read back.
    settlement.unsent(held);
  }
  const reading = read();

  return {
    fill: async () => {
      if (!batcher.isReady && !ended) ended = (await reading.next()).done === true;
    },
    take: () => batcher.take(),
    async *rest() {
      hasStopped = true;
      for (;;) {
        for (let batch = batcher.take(); batch !== undefined; batch = batcher.take()) yield batch;
        if (ended) return;
        ended = (await reading.next()).done === true;
      }
    },
  };
}
