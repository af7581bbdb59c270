import { valueAt, type JsonObject } from '../../spec/document.js';
import { prettyBody } from '../exchange-text.js';
import type { ContractReport, ReportedItem } from '../model.js';
import type { Observation } from '../../judges/observation.js';
import type { Exchange } from '../../judges/exchange.js';
import { stateOf, type State } from '../verdict.js';

/** A coverage item as the page holds it. */
export interface PageItem extends Omit<ReportedItem, 'observations'> {
  /** Names the coverage item in the address of the page. */
  readonly anchor: string;
  readonly state: State;
  /** What stands in the spec at the pointer. */
  readonly constraint: string;
  /** The failed ones first. */
  readonly observations: readonly Observation[];
}

/** A page stays quick to open when one body is large. */
const mostCharacters = 20_000;

/** The coverage items of a report with all that the page shows of them. */
export function pageItemsOf({ items }: ContractReport, document: JsonObject): PageItem[] {
  const taken = new Map<string, number>();
  return items.map((item) => {
    const name = item.id.replaceAll(/[^A-Za-z0-9_.~]+/g, '-');
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return {
      ...item,
      anchor: count === 1 ? name : `${name}-${String(count)}`,
      state: stateOf(item),
      constraint: prettyBody(JSON.stringify(shownPart(document, item.pointer)), mostCharacters),
      observations: [...item.observations].sort((a, b) => Number(a.passed) - Number(b.passed)).map(readable),
    };
  });
}

/** A name or a number says little alone: it is shown with what it stands in. */
function shownPart(document: JsonObject, pointer: string): unknown {
  const value = valueAt(document, pointer);
  if (typeof value === 'object' && value !== null) return value;
  return valueAt(document, pointer.slice(0, pointer.lastIndexOf('/'))) ?? null;
}

function readable(observation: Observation): Observation {
  const { exchange } = observation;
  return { ...observation, exchange: exchange === undefined ? undefined : readableExchange(exchange) };
}

function readableExchange({ request, reply }: Exchange): Exchange {
  return {
    request: { ...request, body: prettyBody(request.body, mostCharacters) },
    reply: reply === undefined ? undefined : { ...reply, body: prettyBody(reply.body, mostCharacters) },
  };
}
