import { apiVersions, defaultApiVersion, type ApiVersion } from '../../generated/client.js';

const requested = process.env['CONTRACT_API_VERSION'] ?? defaultApiVersion;

/** The API version under test: `CONTRACT_API_VERSION`, or the default version. */
export const apiVersion: ApiVersion = parseApiVersion(requested);

/** Its OpenAPI description, relative to the project root. */
export const descriptionFile = fileOf(apiVersion);

/** The OpenAPI description of a version, relative to the project root. */
export function fileOf(version: ApiVersion): string {
  return version === defaultApiVersion ? 'generated/openapi.json' : `generated/openapi.${version}.json`;
}

function parseApiVersion(name: string): ApiVersion {
  if (isApiVersion(name)) return name;
  throw new Error(`CONTRACT_API_VERSION is ${name}; it must be one of ${Object.keys(apiVersions).join(', ')}.`);
}

function isApiVersion(name: string): name is ApiVersion {
  return Object.hasOwn(apiVersions, name);
}
