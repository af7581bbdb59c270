import type { Table } from './table.js';

const width = 720;
const nameWidth = 220;
const barHeight = 18;
const rowHeight = 26;

/** A bar chart of the first numeric column of a table. */
export function plotOf({ title, columns, rows }: Table): string {
  const bars = rows.map(([name, value]) => ({ name: String(name), value: Number(value) }));
  const longest = Math.max(...bars.map(({ value }) => value));
  const room = width - nameWidth - 60;
  const height = 60 + bars.length * rowHeight;
  const drawn = bars.map(({ name, value }, index) => {
    const y = 48 + index * rowHeight;
    const length = Math.max(1, (value / longest) * room);
    return `<text x="${String(nameWidth - 8)}" y="${String(y + 13)}" text-anchor="end">${escaped(name)}</text>
<rect x="${String(nameWidth)}" y="${String(y)}" width="${length.toFixed(1)}" height="${String(barHeight)}" fill="#3b6ea5"/>
<text x="${(nameWidth + length + 6).toFixed(1)}" y="${String(y + 13)}">${String(value)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="24" font-size="15" font-weight="bold">${escaped(`${title}: ${columns[1] ?? ''}`)}</text>
${drawn.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
