import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type ParsedNode } from 'yaml';
import { stepsOf } from './json-pointer.js';

/** A text of YAML or JSON, of which each place has a line. */
export interface YamlSource {
  readonly document: Document.Parsed;
  /** The line, counted from 1, on which a place begins: that of its name, where it is a member. Else that of the nearest place around it. */
  readonly lineAt: (pointer: string) => number;
  /** The same, but undefined for a place that is not written out. */
  readonly ownLineAt: (pointer: string) => number | undefined;
  readonly lineOfOffset: (offset: number) => number;
}

/** Parses a text. What is wrong with it is in the `errors` of the document. */
export function parseSource(text: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, merge: true });
  const lineOfOffset = (offset: number): number => lineCounter.linePos(offset).line;
  return {
    document,
    lineOfOffset,
    lineAt: (pointer) => lineOfOffset(find(document, pointer).offset),
    ownLineAt: (pointer) => {
      const { offset, isWritten } = find(document, pointer);
      return isWritten ? lineOfOffset(offset) : undefined;
    },
  };
}

function find(document: Document.Parsed, pointer: string): { offset: number; isWritten: boolean } {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const step of stepsOf(pointer)) {
    // What is behind an alias is written at its anchor.
    const entry = entryOf(isAlias(node) ? node.resolve(document) : node, step);
    if (entry === undefined) return { offset, isWritten: false };
    offset = entry.offset;
    node = entry.value;
  }
  return { offset, isWritten: true };
}

function entryOf(node: unknown, step: string): { offset: number; value: ParsedNode | null } | undefined {
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step);
    return pair && { offset: pair.key.range[0], value: pair.value };
  }
  if (isSeq<ParsedNode>(node)) {
    const item = node.items[Number(step)];
    return item && { offset: item.range[0], value: item };
  }
  return undefined;
}
