import { banner } from './banner.js';
import type { Spec } from './spec.js';

/**
 * `api-facts.ts`: the facts of the spec about the whole API, one constant per extension at its root.
 * They are separate constants, outside `client.ts`, so that a bundle contains only those it uses.
 */
export function generateApiFacts(spec: Spec): string {
  const facts = Object.entries(spec).filter(([name]) => name.startsWith('x-'));
  const constants = facts.map(
    ([name, value]) =>
      `/** \`${name}\` of the spec. */\nexport const ${constantName(name)} = ${literal(value)} as const;`,
  );
  return `${banner}\n${constants.join('\n\n')}\n`;
}

/** `x-hubspot-object-types` becomes `hubspotObjectTypes`. */
function constantName(extension: string): string {
  return extension.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Writes one item per line, so that a table is readable and its diffs are small. */
function literal(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value, null, 2);
  return `[\n${value.map((item: unknown) => `  ${JSON.stringify(item)},\n`).join('')}]`;
}
