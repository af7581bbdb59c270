import { findObjectType } from '../client/object-types.js';
import type { RowOptions } from './row.js';

/** Guesses from the names which columns hold the ids, such as `Contact ID` for contacts. */
export function guessColumns(
  columns: readonly string[],
  objectTypes: RowOptions['objectTypes'],
): { readonly from_id: string | undefined; readonly to_id: string | undefined } {
  const from = best(columns, (words) => score(words, objectTypes?.from, fromWords));
  const to = best(
    columns.filter((column) => column !== from),
    (words) => score(words, objectTypes?.to, toWords),
  );
  return { from_id: from, to_id: to };
}

/** HubSpot's own exports name the id of each row's record `Record ID`. */
const fromWords = ['from', 'source', 'record'];
const toWords = ['to', 'target', 'associated'];
const idWords = ['id', 'ids', 'vid', 'key'];

function best(columns: readonly string[], scoreOf: (words: ReadonlySet<string>) => number): string | undefined {
  const scored = columns.map((column) => ({ column, score: scoreOf(wordsOf(column)) }));
  const most = Math.max(0, ...scored.map(({ score }) => score));
  return most < 2 ? undefined : scored.find(({ score }) => score === most)?.column;
}

function score(words: ReadonlySet<string>, objectType: string | undefined, roleWords: readonly string[]): number {
  const type = objectType === undefined ? undefined : findObjectType(objectType);
  const names = [objectType, type?.name, type?.plural].filter((name) => name !== undefined);
  const hasName = names.some((name) => [...wordsOf(name)].every((word) => words.has(word)));
  const hasRole = roleWords.some((word) => words.has(word));
  const hasId = idWords.some((word) => words.has(word));
  return (
    (hasName ? 2 : 0) +
    (hasRole ? 1 : 0) +
    (hasId && (hasName || hasRole) ? 1 : 0) +
    (words.size === 1 && hasRole ? 1 : 0)
  );
}

/** `contactId`, `CONTACT_ID` and `Contact ID` are the same words. */
function wordsOf(text: string): ReadonlySet<string> {
  const apart = text.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return new Set(apart.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''));
}
