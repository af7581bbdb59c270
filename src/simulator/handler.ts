import { operationDetails } from '../../generated/client.js';
import type {
  BatchInputPublicAssociationMultiPost,
  LabelsBetweenObjectPair,
  StandardError,
} from '../../generated/schema.js';
import { requestBodies } from '../../generated/validators.js';
import type { ObjectType, Portal } from './portal.js';
import { json, notFound, page, refusal } from './replies.js';

/** What happened to one request. */
export interface SimulatorReply {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Pairs in the request, where it could be read. */
  readonly inputs: number;
  /** Pairs that are associated now and were not before. */
  readonly associated: number;
  /** Pairs that were associated before; their types have been replaced. */
  readonly replaced: number;
}

/** How the handler behaves. */
export interface HandlerOptions {
  readonly portal: Portal;
  /** The tokens that are accepted; any token when there is none. */
  readonly accessTokens: readonly string[];
  readonly onReply: (reply: SimulatorReply) => void;
}

type Counts = Pick<SimulatorReply, 'inputs' | 'associated' | 'replaced'>;

const operation = operationDetails.batchCreateAssociations;
const path = new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
const nothing: Counts = { inputs: 0, associated: 0, replaced: 0 };

/** Makes the handler of a simulated account: it answers a request without a socket. */
export function createHandler({
  portal,
  accessTokens,
  onReply,
}: HandlerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const { response, counts } = await answer(request, pathname, portal, accessTokens);
    onReply({ method: request.method, path: pathname, status: response.status, ...counts });
    return response;
  };
}

async function answer(
  request: Request,
  pathname: string,
  portal: Portal,
  accessTokens: readonly string[],
): Promise<{ response: Response; counts: Counts }> {
  const refused = (response: Response): { response: Response; counts: Counts } => ({ response, counts: nothing });
  const parameters = path.exec(pathname)?.groups;
  if (parameters === undefined) return refused(page(404, 'Page not found'));
  if (request.method !== operation.method.toUpperCase()) return refused(page(405, 'Method not allowed'));
  if (!isAuthorized(request, accessTokens)) {
    return refused(refusal(401, 'INVALID_AUTHENTICATION', 'The access token is missing or not valid.'));
  }
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return refused(refusal(415, 'VALIDATION_ERROR', 'Send the body as application/json.'));
  }
  const body = readBody(await request.text());
  if (body instanceof Response) return refused(body);

  const types = ['fromObjectType', 'toObjectType'].map((name) => decodeURIComponent(parameters[name] ?? ''));
  const [from, to] = types.map((name) => portal.objectType(name));
  if (from === undefined || to === undefined) {
    const unknown = from === undefined ? types[0] : types[1];
    return refused(refusal(400, 'VALIDATION_ERROR', `There is no object type ${String(unknown)}.`));
  }
  return associate(portal, from, to, body);
}

function isAuthorized(request: Request, accessTokens: readonly string[]): boolean {
  const token = /^Bearer (?<token>\S+)$/i.exec(request.headers.get('authorization') ?? '')?.groups?.['token'];
  return token !== undefined && (accessTokens.length === 0 || accessTokens.includes(token));
}

function readBody(text: string): BatchInputPublicAssociationMultiPost | Response {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, 'VALIDATION_ERROR', 'Invalid input JSON on line 1, column 1: the body cannot be parsed.');
  }
  const validate = requestBodies.batchCreateAssociations;
  if (!validate(body)) {
    const errors = validate.errors ?? [];
    const missing = errors.map(({ params }) => params['missingProperty']).filter((name) => typeof name === 'string');
    const message =
      missing.length > 0
        ? `Some required fields were not set: [${missing.join(', ')}]`
        : errors.map(({ instancePath, message: reason }) => `${instancePath} ${String(reason)}`).join('; ');
    return refusal(400, 'VALIDATION_ERROR', `Invalid input JSON on line 1, column 2. ${message}`);
  }
  const limit = operation['x-hubspot-limits'].inputs;
  if (body.inputs.length > limit) {
    return refusal(
      400,
      'VALIDATION_ERROR',
      `${String(body.inputs.length)} inputs were given; the limit is ${String(limit)}.`,
    );
  }
  return body;
}

function associate(
  portal: Portal,
  from: ObjectType,
  to: ObjectType,
  { inputs }: BatchInputPublicAssociationMultiPost,
): { response: Response; counts: Counts } {
  const startedAt = new Date().toISOString();
  const results: LabelsBetweenObjectPair[] = [];
  // One record that does not exist is one error, however many pairs it is in.
  const errors = new Map<string, StandardError>();
  let associated = 0;
  for (const {
    from: { id: fromObjectId },
    to: { id: toObjectId },
    types,
  } of inputs) {
    const fromExists = portal.hasRecord(from, fromObjectId);
    const toExists = portal.hasRecord(to, toObjectId);
    if (!fromExists) errors.set(`FROM ${fromObjectId}`, notFound('FROM', from.name, fromObjectId));
    if (!toExists) errors.set(`TO ${toObjectId}`, notFound('TO', to.name, toObjectId));
    if (!fromExists || !toExists) continue;
    if (portal.associate(from, to, { fromObjectId, toObjectId, types })) associated += 1;
    results.push({ fromObjectTypeId: from.id, fromObjectId, toObjectTypeId: to.id, toObjectId, labels: [] });
  }

  const body = { status: 'COMPLETE', results, startedAt, completedAt: new Date().toISOString() };
  const counts = { inputs: inputs.length, associated, replaced: results.length - associated };
  if (errors.size === 0) return { response: json(201, body), counts };
  return { response: json(207, { ...body, numErrors: errors.size, errors: [...errors.values()] }), counts };
}
