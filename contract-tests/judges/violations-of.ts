import { listOf, objectOf } from '../spec/document.js';
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

/** The places in the body that Prism found wrong. */
export function placesInBody(violations: readonly Violation[]): string[] {
  return violations.filter(({ location }) => location[0] === 'body').map(({ location }) => location.slice(1).join('/'));
}
