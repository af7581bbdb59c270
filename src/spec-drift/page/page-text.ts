/** A line as a reader sees it, and where the file has it. */
export interface Line {
  readonly text: string;
  /** How deep in lists the line stands, in any unit. */
  readonly indent: number;
  /** Counted from 1. */
  readonly line: number;
}

/** A page without its markup: the same lines, whatever format it came in. */
export interface PageText {
  readonly lines: readonly Line[];
  /** The lines as one text, for what runs over several. */
  readonly text: string;
  /** The line of the file that holds a place of `text`. */
  readonly lineAt: (offset: number) => number;
  /** The index in `lines` of a place of `text`. */
  readonly indexAt: (offset: number) => number;
}

/** Puts the lines of a page together. */
export function pageText(lines: readonly Line[]): PageText {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of lines) {
    starts.push(length);
    length += text.length + 1;
  }
  const indexAt = (offset: number): number => {
    const after = starts.findIndex((start) => start > offset);
    return (after === -1 ? starts.length : after) - 1;
  };
  return {
    lines,
    text: lines.map(({ text }) => text).join('\n'),
    indexAt,
    lineAt: (offset) => lines[indexAt(offset)]?.line ?? 1,
  };
}
