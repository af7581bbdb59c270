import type { Observation } from '../judges/observation.js';
import type { Exchange } from '../judges/exchange.js';

const redacted = '[redacted]';

/** Headers that let somebody in. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;

/**
 * Takes secrets out of what was recorded, once more: the report is kept and passed on, and must not
 * depend on every test having done so. A token is also removed where a server has echoed it.
 */
export function redactObservation(observation: Observation, secrets: readonly string[] = []): Observation {
  const { exchange } = observation;
  const hide = hiding([...secrets, ...(exchange === undefined ? [] : secretsIn(exchange))]);
  return {
    ...observation,
    test: hide(observation.test),
    failure: observation.failure === undefined ? undefined : hide(observation.failure),
    exchange: exchange === undefined ? undefined : redactExchange(exchange, hide),
  };
}

function redactExchange({ request, reply }: Exchange, hide: (text: string) => string): Exchange {
  return {
    request: {
      ...request,
      url: hide(request.url),
      headers: redactHeaders(request.headers, hide),
      body: hide(request.body),
    },
    reply:
      reply === undefined
        ? undefined
        : { ...reply, headers: redactHeaders(reply.headers, hide), body: hide(reply.body) },
  };
}

function redactHeaders(headers: Record<string, string>, hide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.test(name) ? redactValue(value) : hide(value)]),
  );
}

/** The scheme stays: whether it was `Bearer` is part of the contract. */
function redactValue(value: string): string {
  const scheme = /^(Bearer|Basic) /i.exec(value)?.[0] ?? '';
  return `${scheme}${redacted}`;
}

/** A text of fewer characters is no token, and would be found in words. */
const leastLength = 8;

function secretsIn({ request }: Exchange): string[] {
  return Object.entries(request.headers)
    .filter(([name]) => secretHeaders.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic) /i, ''));
}

function hiding(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= leastLength && !secret.includes('redacted'));
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
}
