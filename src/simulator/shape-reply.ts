import type { LabelsBetweenObjectPair } from '../../generated/schema.js';
import type { RequestFaults } from './faults.js';
import { streamOf } from './stream-of.js';

/** A result as changed by faults, with numeric ids or undocumented members. */
type Result = Readonly<Record<string, unknown>>;

/** Changes the results of a reply according to the request's faults. */
export function shapeResults(results: readonly LabelsBetweenObjectPair[], faults: RequestFaults): Result[] {
  let shaped: Result[] = results.map((result) => ({ ...result }));
  if (faults.find('empty-complete') !== undefined) return [];
  if (faults.find('both-directions') !== undefined) shaped = shaped.flatMap((result) => [result, mirrored(result)]);
  if (faults.find('reorder') !== undefined) shaped = shuffled(shaped, faults);
  if (faults.find('numeric-ids') !== undefined) shaped = shaped.map(withNumericIds);
  if (faults.find('extra-fields') !== undefined) shaped = shaped.map((result) => ({ ...result, associationId: 1 }));
  return shaped;
}

function mirrored(result: Result): Result {
  return {
    ...result,
    fromObjectId: result['toObjectId'],
    fromObjectTypeId: result['toObjectTypeId'],
    toObjectId: result['fromObjectId'],
    toObjectTypeId: result['fromObjectTypeId'],
  };
}

function shuffled(results: Result[], faults: RequestFaults): Result[] {
  return results
    .map((result, index) => ({ result, place: faults.random('order', index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ result }) => result);
}

function withNumericIds(result: Result): Result {
  return { ...result, fromObjectId: Number(result['fromObjectId']), toObjectId: Number(result['toObjectId']) };
}

/** Truncates or slows down a reply's body according to the request's faults. */
export function shapeBody(response: Response, faults: RequestFaults, sleep: (ms: number) => Promise<void>): Response {
  const slow = faults.find('slow-body');
  const truncated = faults.find('truncate') !== undefined;
  if ((slow === undefined && !truncated) || response.body === null) return response;
  const body = pieces(response, truncated ? undefined : slow?.ms, sleep);
  return new Response(streamOf(body), { status: response.status, headers: response.headers });
}

const slowPieces = 10;

async function* pieces(
  response: Response,
  slowMs: number | undefined,
  sleep: (ms: number) => Promise<void>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (slowMs === undefined) {
    yield bytes.subarray(0, Math.ceil(bytes.length / 2));
    throw reset();
  }
  const size = Math.ceil(bytes.length / slowPieces);
  for (let start = 0; start < bytes.length; start += size) {
    await sleep(slowMs / slowPieces);
    yield bytes.subarray(start, start + size);
  }
}

/** The error with which `fetch` rejects when the connection is reset. */
export function reset(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}
