import { listOf, objectOf } from '../../src/openapi/index.js';
import { isInBranch, type Rule } from '../spec/rules.js';
import { requireEqual, requireThat, shown } from './failure.js';
import type { Violation } from './subject.js';

/**
 * What Prism found wrong with a request, from the header of its reply or, where the description has
 * no reply for such a request, from Prism's own body. It warns of what is deprecated, which is not wrong.
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

/** A header holds ASCII only, so that the mock without a process encodes the rest. */
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

/** A JSON pointer as Prism writes places: without empty steps, and with its escapes left as they are. */
export function prismPlace(pointer: string): string {
  return pointer
    .split('/')
    .filter((step) => step !== '')
    .join('/');
}

/** Prism finds what breaks a rule at one place of the body, and nothing elsewhere. */
export function requireOnlyAt(violations: readonly Violation[], pointer: string, rule: Rule): void {
  const inBody = violations.filter(({ location }) => location[0] === 'body');
  const places = [...new Set(inBody.map(({ location }) => location.slice(1).join('/')))];
  const within = prismPlace(pointer);
  requireThat(places.includes(within), `Prism finds nothing wrong at ${pointer}: ${shown(violations)}`);
  const elsewhere = places.filter((place) => within !== '' && place !== within && !place.startsWith(`${within}/`));
  requireEqual(isInBranch(rule) ? [] : elsewhere, [], `Prism finds something wrong elsewhere than at ${pointer}.`);
}
