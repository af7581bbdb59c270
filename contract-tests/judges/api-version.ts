import { apiVersions, defaultApiVersion, type ApiVersion } from '../../generated/client.js';

const named = process.env['CONTRACT_API_VERSION'] ?? defaultApiVersion;

/** The version of the API that the suite is run for: the default one, or that which `CONTRACT_API_VERSION` names. */
export const apiVersion: ApiVersion = known(named);

/** The file that describes it, from the root of the project. */
export const descriptionFile = fileOf(apiVersion);

/** The file that describes a version, from the root of the project. */
export function fileOf(version: ApiVersion): string {
  return version === defaultApiVersion ? 'generated/openapi.json' : `generated/openapi.${version}.json`;
}

function known(name: string): ApiVersion {
  if (isApiVersion(name)) return name;
  throw new Error(`CONTRACT_API_VERSION has to be one of ${Object.keys(apiVersions).join(', ')}, not ${name}.`);
}

function isApiVersion(name: string): name is ApiVersion {
  return Object.hasOwn(apiVersions, name);
}
