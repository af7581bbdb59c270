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

/** Inputs whose first records are numbered from 0. */
export function numbered(count: number): AssociationInput[] {
  return Array.from({ length: count }, (_, index) => input(String(index)));
}

export function clientOf(
  fetch: (request: Request) => Promise<Response>,
  options: Partial<ClientOptions> = {},
): AssociationsClient {
  return createAssociationsClient({ accessToken: 'token', fetch, ...options });
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

/** Answers in turn, and with the last answer from then on; where there is `undefined`, by a simulator. */
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
