/** GitHub limits the text of a pull request or a comment to 65,536 characters. */
const limit = 60_000;

/** Omits lines in the middle of a long text, because the verdict is at the top and the next steps at the end. */
export function withinLimit(markdown: string): string {
  if (markdown.length <= limit) return markdown;
  const lines = markdown.split('\n');
  const tail: string[] = [];
  const head: string[] = [];
  let length = 0;
  for (const line of lines.slice(-10)) {
    tail.push(line);
    length += line.length + 1;
  }
  for (const line of lines.slice(0, -10)) {
    length += line.length + 1;
    if (length > limit) break;
    head.push(line);
  }
  const omitted = lines.length - head.length - tail.length;
  return [
    ...head,
    '',
    `_${String(omitted)} more lines; run the commands in docs/spec-changes.md to print all of them._`,
    '',
    ...tail,
  ].join('\n');
}
