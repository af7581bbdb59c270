/** A piece of HTML or XML that is safe to put into a document. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | string | number | undefined | readonly Content[];

/** HTML in which every value is escaped, unless it is markup itself. */
export function html(pieces: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return assembled(pieces, values, escape);
}

/** XML in which every value is escaped, unless it is markup itself, and characters that XML forbids are replaced. */
export function xml(pieces: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return assembled(pieces, values, (text) =>
    escape(text.replaceAll(forbiddenInXml, '\uFFFD')).replaceAll('\r', '&#13;'),
  );
}

/** What https://www.w3.org/TR/xml/#charsets leaves out: control characters and halves of a pair. */
const forbiddenInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function assembled(
  pieces: TemplateStringsArray,
  values: readonly Content[],
  escaped: (text: string) => string,
): Markup {
  return new Markup(pieces.reduce((text, piece, index) => text + render(values[index - 1], escaped) + piece));
}

function render(content: Content, escaped: (text: string) => string): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map((part) => render(part, escaped)).join('');
  return escaped(String(content));
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
