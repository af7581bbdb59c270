import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAssociationsClient, type AssociationsClient } from './associations-client.js';
import type { Outcome } from './bulk/outcome.js';
import type { Run } from './bulk/run.js';
import type { ClientOptions } from './client/options.js';
import type { AssociationInput } from './client/validate.js';
import { createSimulator } from './simulator/create-simulator.js';

/** The object types of the tests. */
export const types = { fromObjectType: 'contacts', toObjectType: 'companies' };

/** A contact and a company, to be associated without a label. */
export function input(from: string, to = '1'): AssociationInput {
  return {
    from: { id: from },
    to: { id: to },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  };
}

/** Inputs whose first records are numbered from 1. */
export function numbered(count: number): AssociationInput[] {
  return Array.from({ length: count }, (_, index) => input(String(index + 1)));
}

/** A client that does not retry and does not pace, unless the options say otherwise. */
export function clientOf(
  fetch: (request: Request) => Promise<Response>,
  options: Partial<ClientOptions> = {},
): AssociationsClient {
  return createAssociationsClient({ accessToken: 'token', fetch, allowance: false, maxAttempts: 1, ...options });
}

/** The outcomes of a run, in the order of its inputs. */
export async function outcomesOf(run: Run): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const batch of run) outcomes.push(...batch.outcomes);
  return outcomes.sort((a, b) => a.index - b.index);
}

export async function kindsOf(run: Run): Promise<string[]> {
  return (await outcomesOf(run)).map(({ kind }) => kind);
}

/** Gives these replies in turn, and repeats the last one. A simulator replies in place of `undefined`. */
export function answering(...answers: ((() => Response | Promise<Response>) | undefined)[]): {
  fetch: (request: Request) => Promise<Response>;
  readonly requests: number;
} {
  const simulator = createSimulator();
  let requests = 0;
  return {
    fetch: async (request) => {
      const answer = answers[Math.min(requests, answers.length - 1)];
      requests += 1;
      return answer === undefined ? simulator.fetch(request) : answer();
    },
    get requests() {
      return requests;
    },
  };
}

const servers: Server[] = [];

/** Starts a server on a free port of 127.0.0.1, which runs until `closeServers`, and returns its address. */
export async function listen(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Starts a server that gives the same reply to every request. */
export function reply(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  return listen((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.writeHead(status, headers).end(body));
  });
}

export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

/** The reply to an input of contact 1 and company 2. */
export const complete = {
  status: 'COMPLETE',
  startedAt: '2026-03-30T09:15:02Z',
  completedAt: '2026-03-30T09:15:03Z',
  results: [{ fromObjectId: '1', fromObjectTypeId: '0-1', labels: [], toObjectId: '2', toObjectTypeId: '0-2' }],
};
