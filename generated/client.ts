// Written by `npm run generate` from openapi/. Edits are lost: change the spec instead.

import createClient, { type ClientOptions, type FetchOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

/** The server that the spec names first. */
export const defaultServer = "https://api.hubapi.com";

/** Method, path and extensions of every operation, by operationId. */
export const operationDetails = {
  "batchCreateAssociations": {
    "method": "post",
    "path": "/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create",
    "x-hubspot-limits": {
      "inputs": 2000
    },
    "x-hubspot-allowances": [
      {
        "tier": "Free and Starter",
        "requests": 100,
        "perMs": 10000,
        "requestsPerDay": 250000
      },
      {
        "tier": "Professional",
        "requests": 190,
        "perMs": 10000,
        "requestsPerDay": 625000
      },
      {
        "tier": "Enterprise",
        "requests": 190,
        "perMs": 10000,
        "requestsPerDay": 1000000
      },
      {
        "tier": "API limit increase",
        "requests": 250,
        "perMs": 10000,
        "requestsPerDay": 2000000
      },
      {
        "tier": "OAuth app of the marketplace",
        "requests": 110,
        "perMs": 10000
      }
    ],
    "x-hubspot-object-types": [
      {
        "id": "0-1",
        "name": "contact",
        "plural": "contacts"
      },
      {
        "id": "0-2",
        "name": "company",
        "plural": "companies"
      },
      {
        "id": "0-3",
        "name": "deal",
        "plural": "deals"
      },
      {
        "id": "0-5",
        "name": "ticket",
        "plural": "tickets"
      },
      {
        "id": "0-46",
        "name": "note",
        "plural": "notes"
      }
    ]
  }
} as const;

/** The operations of the spec as functions, by operationId. */
export function createOperations(options: ClientOptions = {}) {
  const client = createClient<paths>({ baseUrl: defaultServer, ...options });
  return {
    /** Create associations in a batch: `POST /crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create` */
    batchCreateAssociations: (init: FetchOptions<paths["/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create"]["post"]>) => client.POST("/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create", init),
  };
}

export type Operations = ReturnType<typeof createOperations>;
