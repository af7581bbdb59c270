import { apiVersions, operationDetails } from '../../generated/client.js';
import type { BatchInputPublicAssociationMultiPost } from '../../generated/schema.js';
import { requestBodies } from '../../generated/validators.js';
import type { DirectionTypes } from './association-types.js';
import type { FindObjectType, ObjectType } from './object-types.js';
import type { Pair } from './portal.js';
import { readBody } from './read-body.js';
import { isRecordId } from './records.js';
import { refusal } from './replies.js';

/**
 * The documented path in each version of the API, and the path of v4, which HubSpot's own clients call: the
 * operation is the same. Source: https://github.com/HubSpot/hubspot-api-nodejs
 */
const paths = [
  ...Object.values(apiVersions).map((path) => path.batchCreateAssociations),
  '/crm/v4/associations/{fromObjectType}/{toObjectType}/batch/create',
].map((path) => new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`));

/** The path parameters, if the simulator serves the path. */
export function pathParameters(pathname: string): readonly [from: string, to: string] | undefined {
  for (const path of paths) {
    const groups = path.exec(pathname)?.groups;
    if (groups !== undefined) return [decoded(groups['fromObjectType']), decoded(groups['toObjectType'])];
  }
  return undefined;
}

function decoded(segment = ''): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Returns the object types of the path, or the 400 that refuses the request. */
export function readObjectTypes(
  names: readonly [from: string, to: string],
  findObjectType: FindObjectType,
): readonly [from: ObjectType, to: ObjectType] | Response {
  const [from, to] = [findObjectType(names[0]), findObjectType(names[1])];
  if (from !== undefined && to !== undefined) return [from, to];
  return refusal(400, 'VALIDATION_ERROR', `There is no object type ${from === undefined ? names[0] : names[1]}.`);
}

/** Returns the pairs of a request, or the 400, 413 or 415 that refuses it. */
export async function readPairs(request: Request, maxBodyBytes: number): Promise<readonly Pair[] | Response> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return refusal(415, 'VALIDATION_ERROR', 'Send the body as application/json.');
  }
  const text = await readBody(request, maxBodyBytes);
  if (text === undefined) return tooLong(maxBodyBytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return invalidJson('it cannot be parsed');
  }
  if (!requestBodies.batchCreateAssociations(body)) return invalidJson(reason());
  return withinLimit(body);
}

/** The rest of the body is not read, so the connection cannot serve another request. */
function tooLong(maxBodyBytes: number): Response {
  const message = `The request body holds more than ${maxBodyBytes.toLocaleString('en')} bytes.`;
  return refusal(413, 'VALIDATION_ERROR', message, {}, { connection: 'close' });
}

function reason(): string {
  const errors = requestBodies.batchCreateAssociations.errors ?? [];
  const missing = errors.map(({ params }) => params['missingProperty']).filter((name) => typeof name === 'string');
  if (missing.length > 0) return `Some required fields were not set: [${[...new Set(missing)].join(', ')}]`;
  return errors.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`).join('; ');
}

function invalidJson(detail: string): Response {
  return refusal(400, 'VALIDATION_ERROR', `Invalid input JSON on line 1, column 2. ${detail}`);
}

function withinLimit({ inputs }: BatchInputPublicAssociationMultiPost): readonly Pair[] | Response {
  const limit = operationDetails.batchCreateAssociations['x-hubspot-limits'].inputs;
  if (inputs.length <= limit) return inputs;
  const message = `The request holds ${String(inputs.length)} inputs, and may hold ${String(limit)}.`;
  return refusal(400, 'VALIDATION_ERROR', message);
}

/**
 * Returns a 400 if any id is impossible for a record, or any association type cannot be used between the
 * object types. HubSpot documents neither for a batch; this is how it is known to answer for a single pair.
 * Source: https://github.com/HubSpot/hubspot-api-nodejs/issues/646
 */
export function refusePairs(
  pairs: readonly Pair[],
  from: ObjectType,
  to: ObjectType,
  associationTypes: DirectionTypes,
): Response | undefined {
  const invalidIds = new Set<string>();
  const unknown = new Set<string>();
  const refuseId = (type: ObjectType, id: string): void => {
    invalidIds.add(`${type.name.toUpperCase()}=${id} is not valid`);
  };
  for (const pair of pairs) {
    if (!isRecordId(from, pair.from.id)) refuseId(from, pair.from.id);
    if (!isRecordId(to, pair.to.id)) refuseId(to, pair.to.id);
    for (const type of pair.types) {
      const problem = associationTypes.problemWith(type);
      if (problem === 'direction') refuseId(from, pair.from.id);
      if (problem === 'unknown') {
        const name = `${type.associationCategory}=${String(type.associationTypeId)}`;
        unknown.add(`${name} is not a valid association definition id`);
      }
    }
  }
  if (invalidIds.size + unknown.size === 0) return undefined;
  const context = {
    ...(invalidIds.size === 0 ? {} : { INVALID_OBJECT_IDS: [...invalidIds] }),
    ...(unknown.size === 0 ? {} : { INVALID_ASSOCIATION_TYPE_ID: [...unknown] }),
  };
  return refusal(400, 'VALIDATION_ERROR', 'One or more associations are invalid', { context });
}
