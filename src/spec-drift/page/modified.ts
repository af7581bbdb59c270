import type { PageText } from './page-text.js';
import { languages, modifiedLabels } from './words.js';

/** The date of the last change of the page, with its position. */
export interface Modified {
  readonly value: string;
  readonly line: number;
  readonly index: number;
}

const label = new RegExp(modifiedLabels.join('|'), 'iu');

/** Searches from the end of the page, first for a date with a known label. */
export function readModified({ lines }: PageText): Modified | undefined {
  const dated = lines.flatMap(({ text, line }, index) => {
    const date = text.length > 100 ? undefined : readDate(text);
    return date === undefined ? [] : [{ value: date, line, index, labelled: label.test(text) }];
  });
  const found = dated.findLast(({ labelled }) => labelled) ?? dated.findLast(({ index }) => index > lines.length - 12);
  return found === undefined ? undefined : { value: found.value, line: found.line, index: found.index };
}

const months = new Map(
  languages.flatMap((language) =>
    (['long', 'short'] as const).flatMap((style) =>
      Array.from({ length: 12 }, (_, month): [string, number] => {
        const date = new Date(Date.UTC(2026, month, 15));
        const parts = new Intl.DateTimeFormat(language, {
          month: style,
          day: 'numeric',
          timeZone: 'UTC',
        }).formatToParts(date);
        const name = parts.find(({ type }) => type === 'month')?.value ?? '';
        return [name.toLowerCase().replace(/\.$/, ''), month + 1];
      }),
    ),
  ),
);

/** Converts a date in words or digits to YYYY-MM-DD. Ignores ambiguous numeric dates. */
function readDate(text: string): string | undefined {
  const iso = /(?<![\d-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-]|T\d)/.exec(text);
  const cjk = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/.exec(text);
  const [, year, month, day] = iso ?? cjk ?? [];
  if (year !== undefined) return date(Number(year), Number(month), Number(day));
  const dayFirst = /(\d{1,2})(?:\.|º|er|st|nd|rd|th)?\s*(?:de\s+)?(\p{L}{3,})\.?,?\s*(?:de\s+|del\s+)?(\d{4})/u.exec(
    text,
  );
  if (dayFirst !== null)
    return date(Number(dayFirst[3]), months.get(dayFirst[2]?.toLowerCase() ?? ''), Number(dayFirst[1]));
  const monthFirst = /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u.exec(text);
  if (monthFirst === null) return undefined;
  return date(Number(monthFirst[3]), months.get(monthFirst[1]?.toLowerCase() ?? ''), Number(monthFirst[2]));
}

function date(year: number, month: number | undefined, day: number): string | undefined {
  if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
