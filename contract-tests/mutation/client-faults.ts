import { listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import type { ClientUnderTest, Fetch, Subject } from '../judges/subject.js';

type CreateClient = Subject['createClient'];
type Reply = Awaited<ReturnType<ClientUnderTest['batchCreate']>>;

/** A deliberate mistake, made by a wrapper around the client, so it works with any implementation. */
export interface ClientFault {
  readonly id: string;
  /** Wraps the factory, so that its clients make the mistake. */
  readonly wrap: (create: CreateClient) => CreateClient;
}

/** Domain-specific mistakes that no mutation operator produces. The suite must catch each of them. */
const faults: Readonly<Record<string, ClientFault['wrap']>> = {
  'swaps the object types': changeRequest(({ fromObjectType, toObjectType, inputs }) => ({
    fromObjectType: toObjectType,
    toObjectType: fromObjectType,
    inputs,
  })),
  'swaps from and to of each input': changeEachInput((input) => ({ ...input, from: input['to'], to: input['from'] })),
  'sends each input without its types': changeEachInput((input) => ({ ...input, types: [] })),
  'leaves out the last input': changeRequest((request) => ({
    ...request,
    inputs: listOf(request['inputs']).slice(0, -1),
  })),
  'drops the inputs above the limit of a request': changeRequest((request) =>
    listOf(request['inputs']).length > 2_000
      ? { ...request, inputs: listOf(request['inputs']).slice(0, 2_000) }
      : request,
  ),
  'treats a partial reply as complete': changeReply((reply) => ({ ...reply, status: 201 })),
  'drops the errors of a partial reply': changeReplyData((data) => ({ ...data, errors: [] })),
  'reads the ids of results as numbers': changeReplyData((data) => ({
    ...data,
    results: listOf(data['results']).map((result) => {
      const pair = objectOf(result);
      return { ...pair, fromObjectId: Number(pair['fromObjectId']) };
    }),
  })),
  'treats a refusal as a success': wrapCall((call) => (request) => {
    const asSuccess = (error: unknown): Reply => ({ status: 201, data: error, response: new Response() });
    return call(request).catch(asSuccess);
  }),
  'sends each batch twice': wrapFetch((request, send) => send(request.clone()).then(() => send(request))),
  'sends the wrong token': wrapFetch((request, send) => {
    request.headers.set('authorization', 'Bearer pat-of-somebody-else');
    return send(request);
  }),
  'reports no deviation': (create) => (options) => create({ ...options, onEvent: () => undefined }),
};

export const clientFaults: readonly ClientFault[] = Object.entries(faults).map(([what, wrap]) => ({
  id: `client ${what}`,
  wrap,
}));

type Call = (request: object) => Promise<Reply>;

function wrapCall(change: (call: Call) => Call): ClientFault['wrap'] {
  return (create) => (options) => {
    const client = create(options);
    return { operations: client.operations, batchCreate: change((request) => client.batchCreate(request)) };
  };
}

function changeRequest(change: (request: JsonObject) => object): ClientFault['wrap'] {
  return wrapCall((call) => (request) => call(change(objectOf(request))));
}

function changeEachInput(change: (input: JsonObject) => object): ClientFault['wrap'] {
  const each = ({ inputs }: JsonObject): object => listOf(inputs).map((input) => change(objectOf(input)));
  return changeRequest((request) => ({ ...request, inputs: each(request) }));
}

function changeReply(change: (reply: Reply) => Reply): ClientFault['wrap'] {
  return wrapCall((call) => async (request) => change(await call(request)));
}

function changeReplyData(change: (data: JsonObject) => object): ClientFault['wrap'] {
  return changeReply((reply) => ({ ...reply, data: change(objectOf(reply.data)) }));
}

function wrapFetch(fault: (request: Request, send: Fetch) => Promise<Response>): ClientFault['wrap'] {
  return (create) => (options) => create({ ...options, fetch: (request) => fault(request, options.fetch) });
}
