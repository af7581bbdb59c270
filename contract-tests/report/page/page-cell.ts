import { valueAt, type JsonObject } from '../../support/document.js';
import { prettyBody } from '../exchange-text.js';
import type { ContractReport, Exchange, Observation, ReportedCell } from '../model.js';
import { stateOf, type State } from '../verdict.js';

/** A cell as the page holds it. */
export interface PageCell extends Omit<ReportedCell, 'observations'> {
  /** Names the cell in the address of the page. */
  readonly anchor: string;
  readonly state: State;
  /** What stands in the spec at the pointer. */
  readonly constraint: string;
  /** The failed ones first. */
  readonly observations: readonly Observation[];
}

/** A page stays quick to open when one body is large. */
const mostCharacters = 20_000;

/** The cells of a report with all that the page shows of them. */
export function pageCellsOf({ cells }: ContractReport, document: JsonObject): PageCell[] {
  const taken = new Map<string, number>();
  return cells.map((cell) => {
    const name = cell.id.replaceAll(/[^A-Za-z0-9_.~]+/g, '-');
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return {
      ...cell,
      anchor: count === 1 ? name : `${name}-${String(count)}`,
      state: stateOf(cell),
      constraint: prettyBody(JSON.stringify(shownPart(document, cell.pointer)), mostCharacters),
      observations: [...cell.observations].sort((a, b) => Number(a.passed) - Number(b.passed)).map(readable),
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
