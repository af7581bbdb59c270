import { createHandler, type SimulatorReply } from './handler.js';
import { createPortal, type Association, type Records } from './portal.js';

/** How the simulated account looks. */
export interface SimulatorOptions {
  /**
   * The records that exist, by object type: ids, or a function that says whether an id exists.
   * @defaultValue every record of every object type exists
   */
  readonly records?: Readonly<Record<string, Records>>;
  /**
   * The access tokens that are accepted.
   * @defaultValue any
   */
  readonly accessTokens?: readonly string[];
  /** Is told of each reply. */
  readonly onReply?: (reply: SimulatorReply) => void;
}

/** A HubSpot account in memory, for the documented endpoint. */
export interface Simulator {
  /** Answers a request. Give it to a client as its `fetch`, and there is no socket. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The associations from one object type to another, in the order in which they were first made. */
  associations(fromObjectType: string, toObjectType: string): Association[];
  /** How many requests have been answered. */
  readonly requests: number;
}

/**
 * Makes a simulated HubSpot account, which remembers what is associated in it.
 *
 * @throws Error when `records` names an object type that is neither a standard one nor a type id.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const portal = createPortal(options.records);
  let requests = 0;
  return {
    fetch: createHandler({
      portal,
      accessTokens: options.accessTokens ?? [],
      onReply: (reply) => {
        requests += 1;
        options.onReply?.(reply);
      },
    }),
    associations: (fromObjectType, toObjectType) => {
      const from = portal.objectType(fromObjectType);
      const to = portal.objectType(toObjectType);
      return from === undefined || to === undefined ? [] : portal.associations(from, to);
    },
    get requests() {
      return requests;
    },
  };
}
