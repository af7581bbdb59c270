import { isJsonObject, objectOf, type JsonObject, type Operation } from '../../src/openapi/index.js';
import type { Fetch } from './subject.js';
import { token } from '../values/request-parts.js';
import type { RequestParts } from '../values/request-parts.js';
import type { ClientUnderTest, Subject } from './subject.js';

/** The result of a client call. */
export interface CallResult {
  /** The status that the call returned. A generated operation returns that of the reply. */
  readonly status: number;
  readonly data: unknown;
  readonly response: Response;
}

/** A way to call an operation with the client. */
export interface ClientCall {
  /** Whether the call validates requests and replies, as hand-written ones do. */
  readonly validates: boolean;
  /** Whether the call can send the request. */
  canSend(parts: RequestParts): boolean;
  /** The body that the call should send for a request. */
  bodyOf(parts: RequestParts): unknown;
  send(client: ClientUnderTest, parts: RequestParts): Promise<CallResult>;
}

/** The hand-written calls, by operationId. */
const handWritten: Readonly<Record<string, ClientCall>> = {
  batchCreateAssociations: {
    validates: true,
    canSend: ({ query, header, body }) =>
      isJsonObject(body) && [query, header].every((parameters) => Object.keys(parameters).length === 0),
    bodyOf: ({ body }) => ({ inputs: objectOf(body)['inputs'] }),
    send: (client, { path, body }) => client.batchCreate({ ...path, inputs: objectOf(body)['inputs'] }),
  },
};

/** Every way to call an operation. */
export function callsOf(operation: Operation): ClientCall[] {
  const own = handWritten[operation.operationId];
  return [...(own === undefined ? [] : [own]), generatedCall(operation)];
}

/** Every way to call an operation with the given request. */
export function callsFor(operation: Operation, parts: RequestParts): ClientCall[] {
  return callsOf(operation).filter((call) => call.canSend(parts));
}

function generatedCall({ operationId }: Operation): ClientCall {
  return {
    validates: false,
    canSend: () => true,
    bodyOf: ({ body }) => body,
    send: async (client, { path, query, header, body }) => {
      const call: unknown = Reflect.get(client.operations, operationId);
      if (typeof call !== 'function') throw new Error(`The client has no operation ${operationId}.`);
      const init: JsonObject = { params: { path, query, header }, ...(body === undefined ? {} : { body }) };
      const result: unknown = await Reflect.apply(call, undefined, [init]);
      const { data, response } = objectOf(result);
      if (!(response instanceof Response)) throw new Error(`${operationId} returned no response.`);
      return { status: response.status, data, response };
    },
  };
}

/** The deviations from the spec that a client reported. */
export type Deviations = readonly { readonly pointer: string; readonly message: string }[];

/** A client of the subject, and the deviations that it reports. It does not pace or retry requests. */
export function clientOf(
  subject: Subject,
  fetch: Fetch,
  accessToken = token,
): { client: ClientUnderTest; deviations: () => Deviations } {
  const found: Deviations[number][] = [];
  const client = subject.createClient({
    accessToken,
    ...(subject.baseUrl === '' ? {} : { baseUrl: subject.baseUrl }),
    fetch,
    allowance: false,
    maxAttempts: 1,
    onEvent: (event) => {
      if ('deviations' in event) found.push(...event.deviations);
    },
  });
  return { client, deviations: () => found };
}
