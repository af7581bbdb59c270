import { ConfigurationError } from '../client/errors.js';

/**
 * Sends all further requests through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name. Node's
 * own fetch ignores them by default (https://nodejs.org/api/cli.html#node_use_env_proxy1, from 22.21 and
 * 24.5), so this uses undici, an optional peer dependency.
 *
 * @throws ConfigurationError if there is a proxy but undici is not installed.
 */
export async function useProxy(baseUrl: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const variable = proxyVariable(baseUrl, environment);
  if (variable === undefined || isUsedByNode(environment)) return;
  try {
    const { EnvHttpProxyAgent, setGlobalDispatcher } = await import('undici');
    setGlobalDispatcher(new EnvHttpProxyAgent());
  } catch (cause) {
    const otherwise = canBeUsedByNode() ? ', or set NODE_USE_ENV_PROXY=1' : '';
    throw new ConfigurationError(
      variable,
      `is set, and the proxy needs undici: npm install undici@7${otherwise}. ` +
        `To connect directly, add ${new URL(baseUrl).hostname} to NO_PROXY.`,
      { cause },
    );
  }
}

/** The variable that names the proxy for a server, if there is one. */
function proxyVariable(baseUrl: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { protocol, hostname } = new URL(baseUrl);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variable = [name, name.toLowerCase()].find((candidate) => (environment[candidate] ?? '') !== '');
  return isExempt(hostname, environment) ? undefined : variable;
}

function canBeUsedByNode(): boolean {
  return process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
}

function isUsedByNode(environment: NodeJS.ProcessEnv): boolean {
  return canBeUsedByNode() && environment['NODE_USE_ENV_PROXY'] === '1';
}

function isExempt(hostname: string, environment: NodeJS.ProcessEnv): boolean {
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return true;
  const list = environment['NO_PROXY'] ?? environment['no_proxy'] ?? '';
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || hostname === entry || hostname.endsWith(`.${entry.replace(/^\*?\./, '')}`));
}
