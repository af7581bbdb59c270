import { listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import type { ClientUnderTest, Fetch, Subject } from '../judges/subject.js';

type CreateClient = Subject['createClient'];
type Reply = Awaited<ReturnType<ClientUnderTest['batchCreate']>>;

/** A deliberate mistake of the client, made around it, so that it outlives any change of the code. */
export interface ClientFault {
  readonly id: string;
  /** A client that makes the mistake. */
  readonly around: (create: CreateClient) => CreateClient;
}

/** Mistakes of this domain, which no operator on code makes. The suite has to catch each. */
const faults: Readonly<Record<string, ClientFault['around']>> = {
  'swaps the object types': asking(({ fromObjectType, toObjectType, inputs }) => ({
    fromObjectType: toObjectType,
    toObjectType: fromObjectType,
    inputs,
  })),
  'swaps from and to of each input': askingEach((input) => ({ ...input, from: input['to'], to: input['from'] })),
  'sends each input without its types': askingEach((input) => ({ ...input, types: [] })),
  'leaves out the last input': asking((request) => ({ ...request, inputs: listOf(request['inputs']).slice(0, -1) })),
  'cuts off what one request cannot hold': asking((request) =>
    listOf(request['inputs']).length > 2_000
      ? { ...request, inputs: listOf(request['inputs']).slice(0, 2_000) }
      : request,
  ),
  'takes a partial reply for a complete one': answering((reply) => ({ ...reply, status: 201 })),
  'loses the errors of a partial reply': answeringData((data) => ({ ...data, errors: [] })),
  'reads the ids of results as numbers': answeringData((data) => ({
    ...data,
    results: listOf(data['results']).map((result) => {
      const pair = objectOf(result);
      return { ...pair, fromObjectId: Number(pair['fromObjectId']) };
    }),
  })),
  'takes a refusal for a success': calling((call) => (request) => {
    const taken = (error: unknown): Reply => ({ status: 201, data: error, response: new Response() });
    return call(request).catch(taken);
  }),
  'sends each batch twice': sending((request, send) => send(request.clone()).then(() => send(request))),
  'sends another token': sending((request, send) => {
    request.headers.set('authorization', 'Bearer pat-of-somebody-else');
    return send(request);
  }),
  'reports no deviation': (create) => (options) => create({ ...options, onEvent: () => undefined }),
};

export const clientFaults: readonly ClientFault[] = Object.entries(faults).map(([what, around]) => ({
  id: `client ${what}`,
  around,
}));

type Call = (request: object) => Promise<Reply>;

function calling(change: (call: Call) => Call): ClientFault['around'] {
  return (create) => (options) => {
    const client = create(options);
    return { operations: client.operations, batchCreate: change((request) => client.batchCreate(request)) };
  };
}

function asking(change: (request: JsonObject) => object): ClientFault['around'] {
  return calling((call) => (request) => call(change(objectOf(request))));
}

function askingEach(change: (input: JsonObject) => object): ClientFault['around'] {
  const each = ({ inputs }: JsonObject): object => listOf(inputs).map((input) => change(objectOf(input)));
  return asking((request) => ({ ...request, inputs: each(request) }));
}

function answering(change: (reply: Reply) => Reply): ClientFault['around'] {
  return calling((call) => async (request) => change(await call(request)));
}

function answeringData(change: (data: JsonObject) => object): ClientFault['around'] {
  return answering((reply) => ({ ...reply, data: change(objectOf(reply.data)) }));
}

function sending(fault: (request: Request, send: Fetch) => Promise<Response>): ClientFault['around'] {
  return (create) => (options) => create({ ...options, fetch: (request) => fault(request, options.fetch) });
}
