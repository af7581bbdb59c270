import type { Simulator } from './index.js';

/** The options of a call, besides its inputs. */
interface Call {
  readonly from?: string;
  readonly to?: string;
  readonly token?: string;
  readonly path?: string;
}

/** A pair with one association type. */
export function pair(from: string, to: string, typeId = 279, category = 'HUBSPOT_DEFINED'): object {
  return {
    from: { id: from },
    to: { id: to },
    types: [{ associationCategory: category, associationTypeId: typeId }],
  };
}

/** Calls the simulator like a client. */
export async function call(
  simulator: Simulator,
  inputs: object[],
  options: Call = {},
): Promise<{ status: number; body: Body }> {
  const {
    from = 'contacts',
    to = 'companies',
    token = 'any',
    path = `/crm/associations/2025-09/${from}/${to}`,
  } = options;
  const response = await simulator.fetch(
    new Request(`https://api.hubapi.com${path}/batch/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs }),
    }),
  );
  return { status: response.status, body: (await response.json()) as Body };
}

/** The parts of a reply that the tests read. */
export interface Body {
  readonly category?: string;
  readonly context?: Record<string, string[]>;
  readonly policyName?: string;
  readonly results?: { fromObjectId: string; labels: string[] }[];
  readonly errors?: { subCategory?: string; context: { id: string[] } }[];
}
