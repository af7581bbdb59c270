import { ConfigurationError } from '../client/errors.js';
import type { Allowance } from '../client/options.js';
import type { Parse } from './option.js';

const mostRequests = 100_000;
const mostSeconds = 86_400;

/** N/SECONDS: at most N requests in any window of SECONDS. */
export const allowance: Parse<Allowance> = (value, name) => {
  const [, count = '', time = ''] = /^(\d+)\/(\d+(?:\.\d+)?)$/.exec(value) ?? [];
  const requests = Number(count);
  const perMs = Math.round(Number(time) * 1_000);
  const fits = requests >= 1 && requests <= mostRequests && perMs >= 1 && perMs <= mostSeconds * 1_000;
  if (count !== '' && fits) return { requests, perMs };
  const limits = `N from 1 to ${mostRequests.toLocaleString('en-US')} and SECONDS to ${mostSeconds.toLocaleString('en-US')}`;
  throw new ConfigurationError(name, `write N/SECONDS, such as 190/10, with ${limits}; not ${value}.`);
};

/** N/SECONDS, or `none` for no limit. */
export const allowanceOrNone: Parse<Allowance | false> = (value, name) =>
  value === 'none' ? false : allowance(value, name);
