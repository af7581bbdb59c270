import type { Stated } from './facts.js';
import type { PageText } from './page-text.js';
import { tiers } from './words.js';

const tierOf = new Map(Object.entries(tiers).flatMap(([tier, words]) => words.map((word) => [word, tier])));
/** The page repeats the name of a product, because its icon has the same text. */
const product = /(\p{Lu}[\p{L}&]* (?:Hub|CRM))(?:\s*\1)?(?=\s*([-–—:|(]?)\s*(\p{L}[\p{L}-]*)?)/gu;

/** Reads the products and their lowest tiers between two lines. */
export function readProducts(page: PageText, from: number, to: number): Map<string, Stated<string>> {
  const products = new Map<string, Stated<string>>();
  const start = page.lines.slice(0, from).reduce((length, { text }) => length + text.length + 1, 0);
  const text = page.lines
    .slice(from, to)
    .map((line) => line.text)
    .join('\n');
  for (const match of text.matchAll(product)) {
    const [, name = '', separator, word = ''] = match;
    const tier = tierOf.get(word.toLowerCase()) ?? (separator === '' ? '' : word);
    if (tier === '') continue;
    products.set(name, { value: tier, line: page.lineAt(start + match.index) });
  }
  return products;
}
