import { listOf, objectOf } from '../../src/openapi/index.js';
import { isInBranch, type Rule } from '../spec/rules.js';
import { requireEqual, requireThat, shown } from './failure.js';
import type { Violation } from './subject.js';

/**
 * The violations that Prism found in a request. They are in a header of its reply or, if the description has no
 * reply for invalid requests, in the body of Prism's own. Warnings about deprecation are not violations.
 */
export async function violationsOf(reply: Response): Promise<Violation[]> {
  const header = reply.headers.get('sl-violations');
  const found = header === null ? objectOf(parse(await reply.clone().text()))['validation'] : parse(unescaped(header));
  return listOf(found)
    .map(objectOf)
    .filter(({ code }) => code !== 'deprecated')
    .map(({ location, code, message }) => {
      const steps = listOf(location).map(String);
      return {
        location: steps[0] === 'request' ? steps.slice(1) : steps,
        code: String(code),
        message: String(message),
      };
    });
}

/** `prism-in-process.ts` encodes the header, which may hold only ASCII. */
function unescaped(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON pointer in Prism's notation, which has no empty steps and keeps escapes. */
export function prismPlace(pointer: string): string {
  return pointer
    .split('/')
    .filter((step) => step !== '')
    .join('/');
}

/** Requires Prism to report a violation of the body at the given place, and nowhere else. */
export function requireOnlyAt(violations: readonly Violation[], pointer: string, rule: Rule): void {
  const inBody = violations.filter(({ location }) => location[0] === 'body');
  const places = [...new Set(inBody.map(({ location }) => location.slice(1).join('/')))];
  const within = prismPlace(pointer);
  requireThat(places.includes(within), `Prism reported no violation at ${pointer}, only ${shown(violations)}`);
  const elsewhere = places.filter((place) => within !== '' && place !== within && !place.startsWith(`${within}/`));
  requireEqual(isInBranch(rule) ? [] : elsewhere, [], `Prism reported violations outside ${pointer}.`);
}
