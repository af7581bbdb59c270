import { LineCounter, isNode, parseDocument } from 'yaml';
import { stepsOf, type JsonObject } from './document.js';

/** The text of `generated/openapi.json`, as the generator writes it. */
function textOf(document: JsonObject): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Says on which line of `generated/openapi.json` the place of a pointer begins. JSON is read as the YAML that it is. */
export function lineFinder(document: JsonObject): (pointer: string) => number {
  const lineCounter = new LineCounter();
  const parsed = parseDocument(textOf(document), { lineCounter });
  return (pointer) => {
    const node = parsed.getIn(stepsOf(pointer), true);
    return lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0).line;
  };
}
