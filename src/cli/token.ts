import { ConfigurationError } from '../client/errors.js';
import { systemReason } from './system-reason.js';

const name = 'HUBSPOT_ACCESS_TOKEN';

/**
 * Reads the access token from the environment or from a file of variables. The environment takes
 * precedence.
 *
 * @param envFile - Loaded into `process.env` by Node's own loader.
 * @throws ConfigurationError that says what is wrong with the token, without repeating it.
 */
export function readToken(environment: NodeJS.ProcessEnv, envFile: string | undefined): string {
  if (envFile !== undefined) loadEnvFile(envFile);
  const token = environment[name];
  if (token === undefined || token === '') throw new ConfigurationError(name, missing(envFile));
  const problem = problemOf(token);
  if (problem !== undefined) throw new ConfigurationError(name, problem);
  return token;
}

function loadEnvFile(path: string): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new ConfigurationError('--env-file', `${path} cannot be read: ${systemReason(error)}`, { cause: error });
  }
}

function missing(envFile: string | undefined): string {
  if (envFile !== undefined) return `is not set in ${envFile}. Write a line there: ${name}=pat-…`;
  const inShell =
    process.platform === 'win32' ? `$env:${name} = "pat-…" in PowerShell, set ${name}=pat-… in cmd` : `export ${name}=pat-…`; // prettier-ignore
  return (
    `set it to an access token of your account: ${inShell}; or keep it in a file and name that with --env-file .env. ` +
    'To try without a token: --simulate, or --dry-run.'
  );
}

/** Detects what people paste along with a token. */
function problemOf(token: string): string | undefined {
  if (/[\r\n]/.test(token)) {
    return `has a line break in it, like text from a file has at its end. Remove it: export ${name}="$(tr -d '\\r\\n' < token.txt)"`;
  }
  if (/^\s|\s$/.test(token)) return 'begins or ends with a blank. Set it again without it.';
  if (/^Bearer\s/i.test(token)) return 'begins with "Bearer". Leave that out: it is added.';
  if (/^["'].*["']$/.test(token)) return 'has quotes around it. Set it again without them.';
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return 'has a blank or another character that tokens never have. Copy it again: visible ASCII characters, such as pat-eu1-….';
  }
  return undefined;
}
