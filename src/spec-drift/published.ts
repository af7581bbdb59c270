import { parseDocument } from 'yaml';
import type { Source } from '../spec-diff/index.js';

/**
 * Distinguishes an OpenAPI description from a page. A page saved as Markdown may contain its description in a
 * fenced block, which is more complete than the rest of the page.
 *
 * @returns The description, or undefined if the source is a page.
 */
export function publishedDescription({ name, text }: Source): Source | undefined {
  if (isDescription(text)) return { name, text };
  const fenced = /^(`{3,}|~{3,})\s*(?:ya?ml|json)\b[^\n]*\n([\s\S]*?)\n\1\s*$/gm;
  for (const { 2: block = '', index } of text.matchAll(fenced)) {
    // Preserve line numbers.
    const above = text.slice(0, index).split('\n').length;
    if (isDescription(block)) return { name, text: '\n'.repeat(above) + block };
  }
  return undefined;
}

function isDescription(text: string): boolean {
  if (!/^\s*\{|^['"]?(?:openapi|swagger)['"]?\s*:/m.test(text)) return false;
  if (!/['"]?(?:openapi|swagger)['"]?\s*:/.test(text)) return false;
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.errors.length > 0
    ? /^\s*(?:\{\s*"openapi"|openapi:)/.test(text)
    : document.has('openapi') || document.has('swagger');
}
