import type { JsonObject } from './document.js';

/** Keywords that forbid something, one constraint each. */
export const assertions: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'const',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'anyOf',
  'oneOf',
  'not',
]);

/** Keywords whose constraints are those of the schemas, or of the members, that they hold. */
const structure = new Set(['$ref', 'properties', 'required', 'additionalProperties', 'items', 'allOf']);

/** Keywords that say something to people and to tools, and forbid nothing. */
const annotations = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'title',
  'xml',
]);

/**
 * Fails for a keyword that the suite does not know: to pass over it would leave a constraint untested.
 *
 * @param direction - A member that is `readOnly` has another meaning in a request, as has one that is `writeOnly` in a reply.
 */
export function requireKnownKeywords(schema: JsonObject, pointer: string, direction: 'request' | 'reply'): void {
  const harmless = direction === 'request' ? 'writeOnly' : 'readOnly';
  for (const keyword of Object.keys(schema)) {
    if (assertions.has(keyword) || structure.has(keyword) || annotations.has(keyword)) continue;
    if (keyword.startsWith('x-') || keyword === harmless || schema[keyword] === false) continue;
    throw new Error(
      `#${pointer}: the contract suite does not know the keyword ${keyword} in a ${direction}, so it cannot test it. ` +
        'Teach it in contract-tests/spec/keywords.ts, or leave the keyword out of the spec.',
    );
  }
}
