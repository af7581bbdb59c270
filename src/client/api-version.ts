import { apiVersions, type ApiVersion } from '../../generated/client.js';
import { ConfigurationError } from './errors.js';

/** The API versions that the spec describes, the default first. */
export const apiVersionNames: readonly string[] = Object.keys(apiVersions);

/**
 * @param option - The name of the option that holds the version.
 * @throws ConfigurationError naming the option and the known versions.
 */
export function checkedApiVersion(option: string, version: unknown): ApiVersion {
  if (isApiVersion(version)) return version;
  throw new ConfigurationError(option, `give one of ${apiVersionNames.join(', ')}, not ${String(version)}.`);
}

function isApiVersion(version: unknown): version is ApiVersion {
  return typeof version === 'string' && Object.hasOwn(apiVersions, version);
}
