import type { Counts } from '../bulk/tally.js';
import type { StoppedError } from '../client/errors.js';
import type { ClientEvent } from '../client/events.js';
import type { ResolvedOptions } from '../client/options.js';
import type { Ledger } from '../ledger/ledger.js';
import type { EndRecord, RunRecord } from '../ledger/records.js';
import type { CreateArguments } from './create-options.js';
import type { ReasonCount } from './reasons.js';

/** Makes the ledger's record of the start of a run. */
export function runRecord({ file, given }: CreateArguments, { allowance }: ResolvedOptions): RunRecord {
  const at = new Date().toISOString();
  return { type: 'run', at, file, arguments: ['create', ...given], allowance: allowance === false ? null : allowance };
}

/** Makes the ledger's record of the end of a run. */
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

/** Records each request in a ledger: its batch, the failure it follows, and how long it waited. */
export function createRequestLog(ledger: Ledger): (event: ClientEvent) => void {
  /** The last failure of calls that are being retried. */
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
