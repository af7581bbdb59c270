import type { Counts } from '../bulk/tally.js';
import type { StoppedError } from '../client/errors.js';
import type { ClientEvent } from '../client/events.js';
import type { ResolvedOptions } from '../client/options.js';
import type { Ledger } from '../ledger/ledger.js';
import type { EndRecord, RunRecord } from '../ledger/records.js';
import type { ReasonCount } from './reasons.js';

/** What a ledger records when a run begins. */
export function runRecord(file: string, { allowance }: ResolvedOptions): RunRecord {
  return { type: 'run', at: new Date().toISOString(), file, allowance: allowance === false ? null : allowance };
}

/** What a ledger records when a run ends. */
export function endRecord(
  counts: Counts,
  stopped: StoppedError | undefined,
  reasons: readonly ReasonCount[],
): EndRecord {
  const invalid = reasons
    .filter(({ kind }) => kind === 'invalid')
    .map(({ reason, count, lines }) => ({ reason, count, rows: lines }));
  return { type: 'end', at: new Date().toISOString(), counts, stopped: stopped?.message ?? null, invalid };
}

/** Notes each request in a ledger: for which batch, after what, and how long it has waited. */
export function createRequestLog(ledger: Ledger): (event: ClientEvent) => void {
  /** Of calls that are going to be retried. */
  const failures = new Map<number, string>();
  const waits = new Map<number, number>();
  return (event) => {
    switch (event.type) {
      case 'request.paced':
        waits.set(event.call, Math.round(event.waitedMs));
        return;
      case 'request.retried':
        failures.set(event.call, event.error.code === 'API' ? String(event.error.status) : event.error.code);
        return;
      case 'request.sent': {
        const { call, batch, attempt } = event;
        const [waitedMs, after] = [waits.get(call), failures.get(call)];
        waits.delete(call);
        failures.delete(call);
        ledger.requestSent(new Date(), {
          ...(batch === undefined ? {} : { batch }),
          ...(attempt === 1 ? {} : { attempt }),
          ...(after === undefined ? {} : { after }),
          ...(waitedMs === undefined ? {} : { waitedMs }),
        });
        return;
      }
      default:
    }
  };
}
