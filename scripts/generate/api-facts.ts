import { banner } from './banner.js';
import type { Spec } from './spec.js';

/**
 * `api-facts.ts`: what the spec says of the whole API, one constant for each extension at its root.
 * They stand apart from `client.ts` and from each other, so that a bundle holds only those it uses.
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

/** An item a line: a table stays one to read and to compare. */
function literal(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value, null, 2);
  return `[\n${value.map((item: unknown) => `  ${JSON.stringify(item)},\n`).join('')}]`;
}
