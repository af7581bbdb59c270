import type { OutcomeKind } from '../bulk/outcome.js';
import type { Reason } from './model.js';
import type { NotCreatedEntry } from './records.js';

/** The outcome of each row according to the batches. If a row was resent, its later outcome counts. */
export interface RowOutcomes {
  created(first: number, last: number): void;
  notCreated(entry: NotCreatedEntry): void;
  count(kind: OutcomeKind): number;
  /** Why rows were not created, the most frequent first. */
  reasons(): Reason[];
}

const rowsPerPage = 4_096;
const exampleRows = 5;
/**
 * The maximum number of groups: a row takes one byte, which names its group. Further reasons share one
 * group per kind.
 */
const mostGroups = 200;

type Group = Omit<Reason, 'kind' | 'count'> & {
  readonly kind: OutcomeKind;
  count: number;
  examples: { row: number; reason: string }[];
};

export function createRowOutcomes(): RowOutcomes {
  const pages = new Map<number, Uint8Array>();
  const createdRows: Group = { kind: 'created', category: null, reason: '', count: 0, examples: [] };
  /** Rows store the index of their group in this list, counted from 1. */
  const groups: Group[] = [createdRows];
  const numbers = new Map<string, number>();

  const pageOf = (row: number): Uint8Array => {
    const at = Math.floor(row / rowsPerPage);
    let page = pages.get(at);
    if (page === undefined) pages.set(at, (page = new Uint8Array(rowsPerPage)));
    return page;
  };
  const removeFromGroup = (number: number): void => {
    const group = groups[number - 1];
    if (group !== undefined) group.count -= 1;
  };
  const put = (row: number, number: number): void => {
    const page = pageOf(row);
    removeFromGroup(page[row % rowsPerPage] ?? 0);
    const now = groups[number - 1];
    if (now !== undefined) now.count += 1;
    page[row % rowsPerPage] = number;
  };
  /** The same as `put` for each row, but faster: a ledger may have a hundred million rows. */
  const fill = (page: Uint8Array, from: number, to: number): void => {
    for (let at = from; at < to; at += 1) {
      const number = page[at] ?? 0;
      if (number !== 0) removeFromGroup(number);
    }
    page.fill(1, from, to);
    createdRows.count += to - from;
  };
  const isIn = (row: number, number: number): boolean => pageOf(row)[row % rowsPerPage] === number;
  const numberOf = ({ kind, category, reason }: NotCreatedEntry): number => {
    const own = [kind, category, withoutIds(reason)].join('\n');
    const key = numbers.has(own) || groups.length < mostGroups ? own : kind;
    let number = numbers.get(key);
    if (number === undefined) {
      const isOwn = key === own;
      const shown = { category: isOwn ? (category ?? null) : null, reason: isOwn ? reason : 'other reasons' };
      number = groups.push({ kind, ...shown, count: 0, examples: [] });
      numbers.set(key, number);
    }
    return number;
  };

  return {
    created: (first, last) => {
      for (let row = first; row <= last;) {
        const from = row % rowsPerPage;
        const to = Math.min(rowsPerPage, from + last - row + 1);
        fill(pageOf(row), from, to);
        row += to - from;
      }
    },
    notCreated: (entry) => {
      const { row, reason } = entry;
      const number = numberOf(entry);
      put(row, number);
      const group = groups[number - 1];
      if (group === undefined || group.examples.some((example) => example.row === row)) return;
      // Drop examples that were resent and are now in another group.
      if (group.examples.length === exampleRows) group.examples = group.examples.filter((it) => isIn(it.row, number));
      if (group.examples.length < exampleRows) group.examples.push({ row, reason });
    },
    count: (kind) => groups.reduce((sum, group) => sum + (group.kind === kind ? group.count : 0), 0),
    reasons: () =>
      groups
        .flatMap(({ kind, examples, ...group }, index): Reason[] => {
          if (kind === 'created' || group.count === 0) return [];
          const rows = examples.filter(({ row }) => isIn(row, index + 1)).sort((a, b) => a.row - b.row);
          return [{ ...group, kind, examples: rows }];
        })
        .sort((a, b) => b.count - a.count),
  };
}

/** Reasons that differ only in the ids they name count as one reason. */
function withoutIds(reason: string): string {
  return reason.replaceAll(/"[^"]*"|\d[\w.+-]*/g, '…');
}
