import { Parser } from 'htmlparser2';
import type { Line } from './page-text.js';
import { visible } from './read-text.js';

/** Elements that a browser displays on separate lines. */
const blocks = new Set(
  (
    'address article aside blockquote body button dd details div dl dt fieldset figure figcaption footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html label legend li main nav ol option p pre section select summary table ' +
    'tbody thead tfoot tr ul br'
  ).split(' '),
);

/** Elements that a browser does not display. */
const hidden = new Set(['head', 'script', 'style', 'template', 'svg', 'noscript']);

/** Converts a saved HTML page to the lines that a browser displays. */
export function readHtml(source: string): Line[] {
  const lines: Line[] = [];
  const lineOf = lineCounter(source);
  let text = '';
  let start = 0;
  let gap = false;
  const depth = { hidden: 0, pre: 0, list: 0 };

  const flush = (): void => {
    if (depth.pre > 0 || text.trim() !== '') {
      lines.push({ text: text.trimEnd(), indent: depth.list, line: lineOf(start) });
    }
    text = '';
    gap = false;
  };

  const write = (written: string, at: number): void => {
    if (text === '') start = at;
    // Adjacent elements are separate words, unless the first is a prefix such as `results.`.
    if (gap && text !== '' && !/[\s.]$/.test(text) && !/^\s/.test(written)) text += ' ';
    if (written.trim() !== '') gap = false;
    text += written;
  };

  const parser = new Parser({
    onopentagname(name) {
      if (hidden.has(name)) depth.hidden += 1;
      if (blocks.has(name)) flush();
      if (name === 'pre') depth.pre += 1;
      if (name === 'ul' || name === 'ol') depth.list += 1;
      if (name === 'td' || name === 'th') write('| ', parser.startIndex);
      gap ||= depth.pre === 0 && name !== 'wbr';
    },
    onclosetag(name) {
      if (hidden.has(name)) depth.hidden -= 1;
      if (name === 'td' || name === 'th') write(' ', parser.startIndex);
      if (name === 'tr') text += '|';
      if (blocks.has(name)) flush();
      if (name === 'pre') depth.pre -= 1;
      if (name === 'ul' || name === 'ol') depth.list -= 1;
      gap ||= depth.pre === 0 && name !== 'wbr';
    },
    ontext(shown) {
      if (depth.hidden > 0) return;
      if (depth.pre === 0) {
        write(visible(shown).replaceAll(/\s+/g, ' '), parser.startIndex);
        return;
      }
      let at = parser.startIndex;
      for (const [index, part] of visible(shown).split('\n').entries()) {
        if (index > 0) flush();
        write(part, at);
        at += part.length + 1;
      }
    },
  });
  parser.write(source);
  parser.end();
  flush();
  return lines;
}

function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (; counted < offset; counted += 1) if (source[counted] === '\n') line += 1;
    return line;
  };
}
