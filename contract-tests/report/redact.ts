import type { Exchange } from '../judges/exchange.js';
import { isObservation, type Observation } from '../judges/observation.js';

const redacted = '[redacted]';

/** Headers that carry credentials. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;

/** A shorter text is not a token, and could be part of a word. */
const minSecretLength = 8;

/**
 * Redacts secrets in an observation, including tokens that a server echoed. Reports are kept and shared,
 * so this must not depend on the tests redacting them first.
 */
export function redactObservation(observation: Observation, secrets: readonly string[] = []): Observation {
  const all = [...secrets, ...secretsIn(observation.exchange)];
  const known = all.filter((secret) => secret.length >= minSecretLength && !secret.includes('redacted'));
  const hide = (text: string): string => known.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
  const copy: unknown = JSON.parse(JSON.stringify(observation), (name, value: unknown) => {
    if (typeof value !== 'string') return value;
    return secretHeaders.test(name) ? redactHeader(value) : hide(value);
  });
  if (!isObservation(copy)) throw new Error('Redaction produced an invalid observation.');
  return copy;
}

/** Keeps the scheme: whether it was `Bearer` is part of the contract. */
function redactHeader(value: string): string {
  return `${/^(Bearer|Basic) /i.exec(value)?.[0] ?? ''}${redacted}`;
}

function secretsIn(exchange: Exchange | undefined): string[] {
  return Object.entries(exchange?.request.headers ?? {})
    .filter(([name]) => secretHeaders.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic) /i, ''));
}
