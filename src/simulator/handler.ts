import type { Access } from './access.js';
import { retryAfterHeader, type Allowance } from './allowance.js';
import type { AssociationTypes } from './association-types.js';
import { latencyMs, type RequestFaults } from './faults.js';
import type { FindObjectType } from './object-types.js';
import type { Application, Portal } from './portal.js';
import { pathParameters, readObjectTypes, readPairs, refusePairs } from './read-request.js';
import { json, page, rateLimited, refusal } from './replies.js';
import { reset, shapeBody, shapeResults } from './shape-reply.js';

/** What the simulator did with one request. */
export interface SimulatorReply {
  /** The request's number, counted from 1. */
  readonly request: number;
  readonly method: string;
  readonly path: string;
  /** The status of the reply; `undefined` if there was none. */
  readonly status: number | undefined;
  /** The number of pairs in the request, if it was read. */
  readonly inputs: number;
  /** The number of newly associated pairs. */
  readonly associated: number;
  /** The number of pairs whose types were replaced by others. */
  readonly replaced: number;
  /** The number of pairs that already had exactly these types. */
  readonly unchanged: number;
}

/** The parts of a handler. */
export interface HandlerParts {
  readonly findObjectType: FindObjectType;
  readonly associationTypes: AssociationTypes;
  readonly portal: Portal;
  readonly access: Access;
  readonly allowance: Allowance | undefined;
  readonly faults: (request: number) => RequestFaults;
  readonly successStatus: 200 | 201;
  readonly maxBodyBytes: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onArrival: (time: number) => number;
  readonly onReply: (reply: SimulatorReply) => void;
}

/** The response, and what was applied. */
interface Answer {
  readonly response: Response;
  readonly application?: Application & { readonly inputs: number };
}

const nothing = { inputs: 0, associated: 0, replaced: 0, unchanged: 0 };

/**
 * Makes the handler of a simulated account. It behaves like `fetch`: it rejects if the connection is to be
 * reset, and waits until the request is aborted if no reply is to come.
 */
export function createHandler(parts: HandlerParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const number = parts.onArrival(parts.now());
    const faults = parts.faults(number);
    const path = new URL(request.url).pathname;
    const report = (status: number | undefined, applied: typeof nothing = nothing): void => {
      const { inputs, associated, replaced, unchanged } = applied;
      parts.onReply({ request: number, method: request.method, path, status, inputs, associated, replaced, unchanged });
    };

    const latency = faults.find('latency');
    if (latency !== undefined)
      await parts.sleep(latencyMs(latency.ms, faults.random('latency'), faults.random('latencyAngle')));
    if (faults.find('reset-before') !== undefined) {
      report(undefined);
      throw reset();
    }
    const { response, application } = await answer(request, path, faults, parts);
    if (faults.find('reset-after') !== undefined) {
      report(undefined, application);
      throw reset();
    }
    if (faults.find('hang') !== undefined) {
      report(undefined, application);
      return aborted(request.signal);
    }
    report(response.status, application);
    const date = new Date(parts.now() + (faults.find('clock-skew')?.ms ?? 0));
    response.headers.set('date', date.toUTCString());
    return shapeBody(response, faults, parts.sleep);
  };
}

async function answer(request: Request, path: string, faults: RequestFaults, parts: HandlerParts): Promise<Answer> {
  const now = parts.now();
  const names = pathParameters(path);
  if (names === undefined) return { response: page(404, 'Page not found') };
  if (request.method !== 'POST') return { response: page(405, 'Method not allowed') };

  const token = parts.access.authenticate(request, now);
  if (typeof token !== 'string') return { response: token };
  if (faults.find('expire-token') !== undefined) {
    parts.access.expire(token, now);
    const response = parts.access.authenticate(request, now);
    if (typeof response !== 'string') return { response };
  }
  const admission = parts.allowance?.admit(token, now);
  if (admission?.policyName !== undefined) return { response: rateLimited(admission.policyName, admission.headers) };

  const failure = failureOf(faults, now);
  if (failure !== undefined && !failure.applied) return { response: failure.response };
  const hang = faults.find('hang');
  if (hang !== undefined && hang.applied !== true) return { response: new Response() };
  const { response, application } = await associate(request, token, names, faults, parts);
  for (const [name, value] of Object.entries(admission?.headers ?? {})) response.headers.set(name, value);
  return { response: failure?.response ?? response, ...(application === undefined ? {} : { application }) };
}

/** The refusal or the page with which a fault replaces the reply, before or after the request is applied. */
function failureOf(faults: RequestFaults, now: number): { response: Response; applied: boolean } | undefined {
  const gateway = faults.find('gateway-page');
  if (gateway !== undefined) {
    return { response: page(gateway.status ?? 502, 'Bad gateway'), applied: gateway.applied === true };
  }
  const fault = faults.find('status');
  if (fault === undefined) return undefined;
  const { status, retryAfter, retryAfterSeconds = 3, policyName = 'TEN_SECONDLY_ROLLING', applied = false } = fault;
  const headers = retryAfterHeader(retryAfter, retryAfterSeconds * 1_000, now);
  if (status === 429) return { response: rateLimited(policyName, headers), applied };
  const category = fault.category ?? categories[status] ?? 'INTERNAL_ERROR';
  return {
    response: refusal(status, category, `This request was to be answered with ${String(status)}.`, {}, headers),
    applied,
  };
}

const categories: Readonly<Record<number, string>> = {
  400: 'VALIDATION_ERROR',
  401: 'INVALID_AUTHENTICATION',
  403: 'MISSING_SCOPES',
  404: 'OBJECT_NOT_FOUND',
  423: 'LOCKED',
  477: 'MIGRATION_IN_PROGRESS',
};

async function associate(
  request: Request,
  token: string,
  names: readonly [string, string],
  faults: RequestFaults,
  { findObjectType, associationTypes, portal, access, successStatus, maxBodyBytes, now }: HandlerParts,
): Promise<Answer> {
  const types = readObjectTypes(names, findObjectType);
  if (types instanceof Response) return { response: types };
  const forbidden = access.authorize(token, types);
  if (forbidden !== undefined) return { response: forbidden };
  const pairs = await readPairs(request, maxBodyBytes);
  if (pairs instanceof Response) return { response: pairs };
  const [from, to] = types;
  const refused = refusePairs(pairs, from, to, associationTypes(from, to));
  if (refused !== undefined) return { response: refused };

  const skewMs = faults.find('clock-skew')?.ms ?? 0;
  const startedAt = new Date(now() + skewMs).toISOString();
  const application = portal.apply(from, to, pairsToApply(pairs, faults));
  const body = {
    status: 'COMPLETE',
    results: shapeResults(application.results, faults),
    startedAt,
    completedAt: new Date(now() + skewMs).toISOString(),
    ...(faults.find('extra-fields') === undefined ? {} : { batchId: 1 }),
  };
  const { errors } = application;
  const response =
    errors.length === 0 ? json(successStatus, body) : json(207, { ...body, numErrors: errors.length, errors });
  return { response, application: { ...application, inputs: pairs.length } };
}

function pairsToApply<T>(pairs: readonly T[], faults: RequestFaults): readonly T[] {
  if (faults.find('empty-complete') !== undefined) return [];
  const omit = faults.find('omit');
  return omit === undefined ? pairs : pairs.filter((_, index) => faults.random('omission', index) >= omit.share);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
