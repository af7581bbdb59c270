/** Markup. Only `html` turns text into markup, and escapes it. */
export interface Html {
  readonly html: string;
}

export type Part = Html | readonly Html[] | string | number | undefined;

/** Makes markup. Every part that is not markup is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return assembled(strings, parts, (text) => escaped(text.replaceAll(invisible, escapeSequence)));
}

/** Makes any markup, with `escape` for the text in it. */
export function assembled(
  strings: TemplateStringsArray,
  parts: readonly Part[],
  escape: (text: string) => string,
): Html {
  return { html: strings.reduce((all, text, index) => all + markup(parts[index - 1], escape) + text) };
}

export const nothing: Html = { html: '' };

/** Makes an element with data for a script of the page. No text in the data can end the element. */
export function jsonElement(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
  return { html: `<script type="application/json" id="${id}">${json}</script>` };
}

function markup(part: Part, escape: (text: string) => string): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escape(part);
  return 'html' in part ? part.html : part.map(({ html: text }) => text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and bidirectional controls, which would affect the text around them. Lines and tabs stay. */
const invisible = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

function escapeSequence(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Escapes text for HTML and XML. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
