/** A visible line of the page, with its line number in the file. */
export interface Line {
  readonly text: string;
  /** The nesting depth in lists, in any unit. */
  readonly indent: number;
  /** 1-based. */
  readonly line: number;
}

/** A page without its markup. The lines do not depend on the format. */
export interface PageText {
  readonly lines: readonly Line[];
  /** The joined lines, for content that spans several lines. */
  readonly text: string;
  /** The line number in the file for an offset in `text`. */
  readonly lineAt: (offset: number) => number;
  /** The index in `lines` for an offset in `text`. */
  readonly indexAt: (offset: number) => number;
}

/** Joins the lines of a page. */
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
