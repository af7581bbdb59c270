import type { Exchange } from '../judges/exchange.js';
import { isObservation, type Observation } from '../judges/observation.js';

const redacted = '[redacted]';

/** Headers that let somebody in. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;

/** A text of fewer characters is no token, and would be found in words. */
const leastLength = 8;

/**
 * Takes secrets out of what was recorded, once more: the report is kept and passed on, and must not
 * depend on every test having done so. A token is also removed where a server has echoed it.
 */
export function redactObservation(observation: Observation, secrets: readonly string[] = []): Observation {
  const all = [...secrets, ...secretsIn(observation.exchange)];
  const known = all.filter((secret) => secret.length >= leastLength && !secret.includes('redacted'));
  const hide = (text: string): string => known.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
  const copy: unknown = JSON.parse(JSON.stringify(observation), (name, value: unknown) => {
    if (typeof value !== 'string') return value;
    return secretHeaders.test(name) ? redactHeader(value) : hide(value);
  });
  if (!isObservation(copy)) throw new Error('A copy of an observation is one.');
  return copy;
}

/** The scheme stays: whether it was `Bearer` is part of the contract. */
function redactHeader(value: string): string {
  return `${/^(Bearer|Basic) /i.exec(value)?.[0] ?? ''}${redacted}`;
}

function secretsIn(exchange: Exchange | undefined): string[] {
  return Object.entries(exchange?.request.headers ?? {})
    .filter(([name]) => secretHeaders.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic) /i, ''));
}
