/** Markup. Only `html` turns text into markup, and escapes it. */
export interface Html {
  readonly html: string;
}

type Part = Html | readonly Html[] | string | number;

/** Makes markup. Every part that is not markup is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((all, text, index) => all + markup(parts[index - 1] ?? '') + text) };
}

export const nothing: Html = { html: '' };

/** Makes an element with data for a script of the page. No text in the data can end the element. */
export function jsonElement(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
  return { html: `<script type="application/json" id="${id}">${json}</script>` };
}

function markup(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html: text }) => text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and bidirectional controls, which would affect the text around them. */
const invisible = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

function escaped(text: string): string {
  return text
    .replaceAll(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
