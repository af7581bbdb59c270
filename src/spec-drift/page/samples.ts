import type { Sample } from './facts.js';
import type { PageText } from './page-text.js';
import { readSample } from './sample-node.js';

/** Reads every JSON object on the page, regardless of line breaks. */
export function readSamples({ text, lineAt }: PageText): Sample[] {
  const samples: Sample[] = [];
  const begin = /\{\s*(?:"|\}(?!\/))/g;
  let previous = 0;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const start = match.index;
    const { end, isComplete } = endOf(text, start);
    const json = text.slice(start, end);
    const { root, valid } = readSample(json, (at) => lineAt(start + at));
    const before = text.slice(previous, start);
    if (root.members !== undefined && root.members.size > 0) {
      const sent = /(?:--data(?:-raw|-binary)?|-d|body:\s*JSON\.stringify\()[\s=]*\$?['"]?\s*$/.test(before);
      samples.push({ root, offset: start, isComplete: valid && isComplete, sent });
    }
    previous = isComplete ? end : text.length;
    begin.lastIndex = previous;
  }
  return samples;
}

/** Where the object that begins at `start` ends, or its last complete value if the text is cut off. */
function endOf(text: string, start: number): { end: number; isComplete: boolean } {
  let depth = 0;
  let quoted = false;
  let certain = start;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') certain = at;
    else if ('{[}]'.includes(character)) {
      depth += '{['.includes(character) ? 1 : -1;
      certain = at + 1;
      if (depth === 0) return { end: certain, isComplete: true };
    }
  }
  return { end: certain, isComplete: false };
}
