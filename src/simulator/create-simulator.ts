import { createAccess, type AccessTokens } from './access.js';
import { createAllowance, type AllowanceOptions } from './allowance.js';
import { createAssociationTypes, type AssociationDefinition } from './association-types.js';
import { createFaults, type FaultPlan } from './faults.js';
import { createHandler, type SimulatorReply } from './handler.js';
import { createInspection, type Inspection } from './inspection.js';
import { createFindObjectType, type CustomObjectType, type ObjectType } from './object-types.js';
import { createPortal, type Association } from './portal.js';
import type { Records } from './records.js';

/** The content and the behaviour of the simulated account. */
export interface SimulatorOptions {
  /**
   * The records that exist, by object type. An object type that is not listed has none.
   * @defaultValue every record of every object type exists
   */
  readonly records?: Readonly<Record<string, Records>>;
  /** The custom object types of the account. Type ids are accepted without it. */
  readonly objectTypes?: readonly CustomObjectType[];
  /** The association types that the account has defined. If empty, only HubSpot's own are checked. */
  readonly associationTypes?: readonly AssociationDefinition[];
  /**
   * The accepted access tokens, and the rights of each.
   * @defaultValue any
   */
  readonly accessTokens?: AccessTokens;
  /**
   * How many requests each token may send.
   * @defaultValue any number
   */
  readonly allowance?: AllowanceOptions;
  /** The faults to inject, and when. */
  readonly faults?: FaultPlan;
  /**
   * The status of a reply that refuses nothing. HubSpot has used both.
   * @defaultValue 201
   */
  readonly successStatus?: 200 | 201;
  /**
   * The maximum length of a request's body, in bytes. A longer body is refused with 413 and not read.
   * HubSpot documents no limit.
   * @defaultValue 10 MiB (10,485,760), several times what 2,000 inputs need
   */
  readonly maxBodyBytes?: number;
  /**
   * Returns the time, in milliseconds since 1970.
   * @defaultValue the clock
   */
  readonly now?: () => number;
  /**
   * Waits the given milliseconds, for latency and slow bodies.
   * @defaultValue a timer
   */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Called after each request has been answered. */
  readonly onReply?: (reply: SimulatorReply) => void;
}

/** A HubSpot account in memory, for the documented endpoint. */
export interface Simulator extends Inspection {
  /** Answers a request. Pass it to a client as its `fetch` to avoid sockets. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The associations from one object type to another, in the order of creation. */
  associations(fromObjectType: string, toObjectType: string): Association[];
  /** The ids of an object type's records, if they were given as a list or as a number. */
  recordIds(objectType: string): Iterable<string>;
}

/**
 * Makes a simulated HubSpot account, which remembers its associations.
 *
 * @throws RangeError naming the invalid option.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const findObjectType = createFindObjectType(options.objectTypes);
  const associationTypes = createAssociationTypes(findObjectType, options.associationTypes);
  const portal = createPortal(findObjectType, associationTypes, options.records);
  const inspection = createInspection();
  const fetch = createHandler({
    findObjectType,
    associationTypes,
    portal,
    access: createAccess(options.accessTokens),
    allowance: options.allowance === undefined ? undefined : createAllowance(options.allowance),
    faults: createFaults(options.faults ?? { faults: [] }),
    successStatus: options.successStatus ?? 201,
    maxBodyBytes: options.maxBodyBytes ?? 10 * 1_024 * 1_024,
    now: options.now ?? Date.now,
    sleep: options.sleep ?? wait,
    onArrival: inspection.arrive,
    onReply: (reply) => {
      inspection.add(reply);
      options.onReply?.(reply);
    },
  });
  const typeOf = (nameOrId: string): ObjectType => {
    const type = findObjectType(nameOrId);
    if (type === undefined) throw new RangeError(`There is no object type ${nameOrId}.`);
    return type;
  };
  return Object.freeze({
    ...inspection.view,
    fetch,
    associations: (from: string, to: string) => portal.associations(typeOf(from), typeOf(to)),
    recordIds: (objectType: string) => portal.records(typeOf(objectType)).ids(),
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
