/** GitHub takes 65,536 characters for the text of a pull request or a comment. */
const limit = 60_000;

/** Leaves out lines in the middle of what is too long: the verdict stands at the top, and what to do at the end. */
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
  const left = lines.length - head.length - tail.length;
  return [
    ...head,
    '',
    `_${String(left)} more lines; the commands of docs/spec-changes.md print them all._`,
    '',
    ...tail,
  ].join('\n');
}
