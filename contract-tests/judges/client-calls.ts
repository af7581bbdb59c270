import { isJsonObject, objectOf, type JsonObject, type Operation } from '../../src/openapi/index.js';
import type { Fetch } from './subject.js';
import { token } from '../values/request-parts.js';
import type { RequestParts } from '../values/request-parts.js';
import type { ClientUnderTest, Subject } from './subject.js';

/** What a call of the client gave. */
export interface CallResult {
  /** The status as the call says it; of a generated operation, that of the reply. */
  readonly status: number;
  readonly data: unknown;
  readonly response: Response;
}

/** A way to call an operation with the client. */
export interface ClientCall {
  /** Whether it is written by hand, so that it checks what it sends and what it receives. */
  readonly checks: boolean;
  /** What of a request the call can say. */
  expressible(parts: RequestParts): boolean;
  /** The body that the call is to send for a request. */
  bodyOf(parts: RequestParts): unknown;
  send(client: ClientUnderTest, parts: RequestParts): Promise<CallResult>;
}

/** The calls that are written by hand, by operationId. Every other operation is called as it is generated. */
const handWritten: Readonly<Record<string, ClientCall>> = {
  batchCreateAssociations: {
    checks: true,
    expressible: ({ query, header, cookie, body }) =>
      isJsonObject(body) && [query, header, cookie].every((parameters) => Object.keys(parameters).length === 0),
    bodyOf: ({ body }) => ({ inputs: objectOf(body)['inputs'] }),
    send: (client, { path, body }) => client.batchCreate({ ...path, inputs: objectOf(body)['inputs'] }),
  },
};

/** Every way to call an operation. */
export function callsOf(operation: Operation): ClientCall[] {
  const own = handWritten[operation.operationId];
  return [...(own === undefined ? [] : [own]), generatedCall(operation)];
}

/** Every way to call an operation that can say the request. */
export function callsFor(operation: Operation, parts: RequestParts): ClientCall[] {
  return callsOf(operation).filter((call) => call.expressible(parts));
}

function generatedCall({ operationId }: Operation): ClientCall {
  return {
    checks: false,
    expressible: ({ cookie }) => Object.keys(cookie).length === 0,
    bodyOf: ({ body }) => body,
    send: async (client, { path, query, header, body }) => {
      const call: unknown = Reflect.get(client.operations, operationId);
      if (typeof call !== 'function') throw new Error(`The client has no operation ${operationId}.`);
      const init: JsonObject = { params: { path, query, header }, ...(body === undefined ? {} : { body }) };
      const result: unknown = await Reflect.apply(call, undefined, [init]);
      const { data, response } = objectOf(result);
      if (!(response instanceof Response)) throw new Error(`${operationId} gave no response.`);
      return { status: response.status, data, response };
    },
  };
}

/** Where a client said that a reply differs from the spec. */
export type Deviations = readonly { readonly pointer: string; readonly message: string }[];

/** A client of the subject, and what it reports. It neither waits nor sends again. */
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
