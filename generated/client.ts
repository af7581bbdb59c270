// Written by `npm run generate` from openapi/. Edits are lost: change the spec instead.

import createClient, { type ClientOptions, type FetchOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

/** The first server of the spec. */
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

/** The path of every operation, by operationId, in each version of the API. The first is the default. */
export const apiVersions = {
  "2025-09": {
    "batchCreateAssociations": "/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create"
  },
  "2026-03": {
    "batchCreateAssociations": "/crm/associations/2026-03/{fromObjectType}/{toObjectType}/batch/create"
  }
} as const;

/** A version of the API. */
export type ApiVersion = keyof typeof apiVersions;

/** The version that is called by default. */
export const defaultApiVersion = "2025-09" satisfies ApiVersion;

/** The paths of every version, with the types of the corresponding paths of the spec. */
interface VersionedPaths extends paths {
  "/crm/associations/2026-03/{fromObjectType}/{toObjectType}/batch/create": paths["/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create"];
}

/** The operations of the spec as functions, by operationId. */
export function createOperations({ apiVersion = defaultApiVersion, ...options }: OperationsOptions = {}) {
  const client = createClient<VersionedPaths>({ baseUrl: defaultServer, ...options });
  const path = apiVersions[apiVersion];
  return {
    /** Create associations in a batch: `POST /crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create` */
    batchCreateAssociations: (init: FetchOptions<paths["/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create"]["post"]>) => client.POST(path.batchCreateAssociations, init),
  };
}

/** The options of openapi-fetch, and the version of the API to call. */
export interface OperationsOptions extends ClientOptions {
  apiVersion?: ApiVersion;
}

export type Operations = ReturnType<typeof createOperations>;
