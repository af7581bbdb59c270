/** Removes the token from a text that came from outside: a server, a custom `fetch`, a token provider. */
export type Redact = (text: string) => string;

const replacement = '[access token]';

/** A shorter text is not an access token, and occurs by chance in too many texts. */
const shortestToken = 8;

/**
 * Redaction happens once, where a text enters and before it is parsed: no value parsed from it can contain
 * the token. It finds the plain token, and its Base64 and Base64URL forms (also within something longer,
 * such as Basic credentials), each with any characters escaped as in JSON, URLs or HTML. A text without the
 * token costs a few substring searches.
 */
export function createRedact(token: string): Redact {
  // A number may be the id of a record, and redacting an id would falsify an outcome.
  if (token.length < shortestToken || /^\d+$/.test(token)) return (text) => text;
  const forms = [...new Set([token, ...base64Forms(token)])];
  const holdsForm = (text: string): boolean => forms.some((form) => text.includes(form));
  let pattern: RegExp | undefined;
  return (text) => {
    if (!holdsForm(text) && !(mayBeEscaped(text) && holdsForm(unescaped(text)))) return text;
    pattern ??= new RegExp(forms.map(patternOf).join('|'), 'g');
    return text.replace(pattern, replacement);
  };
}

/** Removes the token from headers. Returns the same object if they do not contain it. */
export function redactHeaders(headers: Headers, redact: Redact): Headers {
  const entries = [...headers];
  const redacted = entries
    .filter(([name]) => redact(name) === name)
    .map(([name, value]): [string, string] => [name, redact(value)]);
  const isSame =
    redacted.length === entries.length && redacted.every(([, value], index) => value === entries[index]?.[1]);
  return isSame ? headers : new Headers(redacted);
}

/**
 * The texts that occur in the Base64 encoding of anything that contains the token: one for each of the
 * three positions at which the token can begin within a group of three bytes. The outermost characters
 * depend on the bytes around the token, and are left out.
 */
function base64Forms(token: string): string[] {
  return [0, 1, 2].flatMap((bytesBefore) => {
    const encoded = btoa('\0'.repeat(bytesBefore) + token);
    const form = encoded.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor(((bytesBefore + token.length) * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function mayBeEscaped(text: string): boolean {
  return text.includes('\\') || text.includes('%') || text.includes('&');
}

/** JSON within a JSON string has doubled backslashes. */
const escape = /\\+u00([0-9a-f]{2})|%([0-9a-f]{2})|&#x0*([0-9a-f]{2});|&#0*(\d{2,3});|\\+(["/\\])/gi;

function unescaped(text: string): string {
  return text.replace(escape, (_, json?: string, url?: string, html?: string, decimal?: string, character?: string) => {
    const hex = json ?? url ?? html;
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return decimal === undefined ? (character ?? '') : String.fromCharCode(Number(decimal));
  });
}

/** Matches a text however its characters are escaped. */
function patternOf(text: string): string {
  return Array.from(text, characterPattern).join('');
}

function characterPattern(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code
    .toString(16)
    .padStart(2, '0')
    .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = character.replace(/[^\w]/, String.raw`\$&`);
  const escaped = [`\\\\+u00${hex}`, `%${hex}`, `&#[xX]0*${hex};`, `&#0*${String(code)};`, `\\\\*${plain}`];
  return `(?:${escaped.join('|')})`;
}
