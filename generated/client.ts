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
    }
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
