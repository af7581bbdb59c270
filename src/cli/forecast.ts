import { hubspotAllowances, hubspotAssociationTypes } from '../../generated/api-facts.js';
import type { AssociationSpec } from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import type { Batch } from '../bulk/batcher.js';
import { associationTypeProblem } from '../client/association-types.js';
import type { Allowance } from '../client/options.js';
import type { InputRow } from '../files/row.js';

/** What a run would send if no request had to be retried. */
export interface Forecast {
  readonly batches: number;
  readonly requests: number;
  /** The number of pairs to send. Rows that name the same pair are merged. */
  readonly pairs: number;
  /** The number of rows that repeat the pair of another row. */
  readonly mergedRows: number;
  /** The number of pairs that several rows name with different types, which are merged. */
  readonly mergedPairs: number;
  readonly allowance: Allowance | false;
  /** The minimum time under the allowance, in milliseconds. */
  readonly leastMs: number;
  /** The share of a day's requests, by tier of the account. */
  readonly daily: readonly { readonly tier: string; readonly requestsPerDay: number; readonly share: number }[];
  /** The most frequent first. */
  readonly types: readonly ForecastType[];
}

/** An association type that would be sent. */
interface ForecastType extends AssociationSpec {
  readonly pairs: number;
  /** Such as `contact → company (Primary)`. */
  readonly meaning: string;
  /** Why the API will probably refuse it, if so. */
  readonly problem: string | undefined;
}

/** Adds up the batches of a forecast. */
export interface Forecaster {
  add(batch: Batch<InputRow>): void;
  readonly forecast: Forecast;
}

export function createForecaster(direction: { from: string; to: string }, allowance: Allowance | false): Forecaster {
  let batches = 0;
  let pairs = 0;
  let mergedRows = 0;
  /** The places of pairs with a row whose types differ from the merged types. */
  const mergedPairs = new Set<string>();
  /** The number of pairs for each list of types, by its JSON. */
  const lists = new Map<string, number>();

  return {
    add: (batch) => {
      const { pairs: sent, items, refused, places } = batch;
      const count = sent.from.length;
      if (count > 0) batches += 1;
      pairs += count;
      mergedRows += items.length - count - refused.size;
      for (const types of sent.types) lists.set(types, (lists.get(types) ?? 0) + 1);
      if (places === undefined) return;
      for (const [at, { input }] of items.entries()) {
        const place = places[at];
        const pair = place === undefined ? batch.repeated.get(at) : { batch, place };
        if (pair === undefined || JSON.stringify(input.types) === pair.batch.pairs.types[pair.place]) continue;
        mergedPairs.add(`${String(pair.batch.number)} ${String(pair.place)}`);
      }
    },
    get forecast() {
      const requestsAtOnce = allowance === false ? Infinity : allowance.requests;
      const windows = batches === 0 ? 0 : Math.floor((batches - 1) / requestsAtOnce);
      return {
        ...{ batches, requests: batches, pairs, mergedRows, mergedPairs: mergedPairs.size, allowance },
        leastMs: allowance === false ? 0 : windows * allowance.perMs,
        daily: dailyShares(batches),
        types: typesOf(lists, direction),
      };
    },
  };
}

function dailyShares(requests: number): Forecast['daily'] {
  const tiers: readonly { readonly tier: string; readonly requestsPerDay?: number }[] = hubspotAllowances;
  return tiers.flatMap(({ tier, requestsPerDay }) =>
    requestsPerDay === undefined ? [] : [{ tier, requestsPerDay, share: requests / requestsPerDay }],
  );
}

function typesOf(lists: ReadonlyMap<string, number>, { from, to }: { from: string; to: string }): ForecastType[] {
  const found = new Map<string, { type: AssociationSpec; pairs: number }>();
  for (const [list, pairs] of lists) {
    const types: unknown = JSON.parse(list);
    for (const type of Array.isArray(types) ? types.filter(schemas.AssociationSpec) : []) {
      const { associationCategory, associationTypeId } = type;
      const key = `${associationCategory} ${String(associationTypeId)}`;
      found.set(key, { type: { associationCategory, associationTypeId }, pairs: (found.get(key)?.pairs ?? 0) + pairs });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.pairs - a.pairs)
    .map(({ type, pairs }) => ({
      ...{ ...type, pairs, meaning: meaningOf(type), problem: associationTypeProblem(type, from, to) },
    }));
}

function meaningOf({ associationCategory, associationTypeId }: AssociationSpec): string {
  if (associationCategory !== 'HUBSPOT_DEFINED') return 'defined by your account or an integration';
  const types: readonly { id: number; from: string; to: string; label?: string }[] = hubspotAssociationTypes;
  const type = types.find(({ id }) => id === associationTypeId);
  return type === undefined ? 'not documented' : `${type.from} → ${type.to} (${type.label ?? 'unlabelled'})`;
}
