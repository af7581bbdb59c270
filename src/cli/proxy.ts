/**
 * What to say where a proxy is set that this run would not use. Node takes it from the variables itself,
 * from version 22.21 and 24.5 on, where it is told to (https://nodejs.org/api/cli.html#node_use_env_proxy1).
 */
export function proxyNote(baseUrl: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { protocol, hostname } = new URL(baseUrl);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variable = [name, name.toLowerCase()].find((candidate) => (environment[candidate] ?? '') !== '');
  if (variable === undefined || isExempt(hostname, environment)) return undefined;
  const canUse = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
  if (canUse && environment['NODE_USE_ENV_PROXY'] === '1') return undefined;
  const advice = canUse
    ? 'Set NODE_USE_ENV_PROXY=1 too, and Node uses it.'
    : `Node ${process.versions.node} cannot use it: take Node 24, and set NODE_USE_ENV_PROXY=1.`;
  return `${variable} is set, and this run connects to ${hostname} directly. ${advice}`;
}

function isExempt(hostname: string, environment: NodeJS.ProcessEnv): boolean {
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return true;
  const list = environment['NO_PROXY'] ?? environment['no_proxy'] ?? '';
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || hostname === entry || hostname.endsWith(`.${entry.replace(/^\*?\./, '')}`));
}
