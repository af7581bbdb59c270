/** Takes the token out of a text that came from outside: a server, a custom `fetch`, a token provider. */
export type Redact = (text: string) => string;

const replacement = '[access token]';

/** A shorter text is no access token, and stands by chance in too many others. */
const shortestToken = 8;

/**
 * Redaction happens once, where a text enters and before it is parsed, so that no value made of it
 * can hold the token. It finds the token as it stands, in Base64 and Base64URL (also as a part of
 * something longer, such as Basic credentials), and each of these with characters escaped as in
 * JSON, URLs or HTML. A text without the token costs a few substring searches.
 */
export function createRedact(token: string): Redact {
  // A number may be the id of a record, and an id that is changed is a false outcome.
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

/** Takes the token out of headers, and leaves them alone where they do not hold it. */
export function redactHeaders(headers: Headers, redact: Redact): Headers {
  const kept = [...headers].filter(([name]) => redact(name) === name);
  const redacted = kept.map(([name, value]): [string, string] => [name, redact(value)]);
  const unchanged =
    kept.length === [...headers].length && redacted.every(([, value], index) => value === kept[index]?.[1]);
  return unchanged ? headers : new Headers(redacted);
}

/**
 * What every Base64 text of something that contains the token contains: three forms, one for each
 * place at which the token can begin within a group of three bytes. The outermost characters depend
 * on what stands beside the token, and are left out.
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

/** Backslashes are doubled where JSON stands within a text of JSON. */
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
