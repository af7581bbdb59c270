import { ConfigurationError } from '../client/errors.js';
import type { Allowance } from '../client/options.js';

/**
 * Reads `--allowance`.
 *
 * @throws ConfigurationError for anything but N/SECONDS.
 */
export function parseAllowance(value: string): Allowance {
  const [, requests, seconds] = /^([1-9]\d{0,5})\/(\d{1,5}(?:\.\d+)?)$/.exec(value) ?? [];
  const perMs = Math.round(Number(seconds) * 1_000);
  if (requests !== undefined && perMs > 0) return { requests: Number(requests), perMs };
  throw new ConfigurationError('--allowance', `write N/SECONDS, such as 100/10, not ${value}.`);
}
