import type { SettledBatch } from '../bulk/outcome.js';
import { print } from './print.js';

/** Says how far a run is: one line that changes on a terminal, a line for each batch elsewhere. */
export interface Progress {
  batch(batch: SettledBatch<unknown>): void;
  end(): void;
}

export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  if (quiet) return { batch: () => undefined, end: () => undefined };
  let batches = 0;
  let inputs = 0;
  let created = 0;
  return {
    batch: ({ number, items, notCreated }) => {
      const createdHere = items.length - notCreated.size;
      batches += 1;
      inputs += items.length;
      created += createdHere;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${format(batches)} batches, ${format(inputs)} rows, ${format(created)} created`);
        return;
      }
      print(stream, `batch ${String(number)}: ${format(items.length)} rows, ${format(createdHere)} created`);
    },
    end: () => {
      if (stream.isTTY && batches > 0) stream.write('\r\u001b[K');
    },
  };
}

/** A count as people read it. */
export function format(count: number): string {
  return count.toLocaleString('en-US');
}
