import { compareDescriptions } from './compare-descriptions.js';
import type { Finding } from './finding.js';

export type Json = Record<string, unknown>;

/** A small description with one operation, of which a test overrides parts. */
export interface Sketch {
  readonly openapi?: string;
  readonly path?: string;
  readonly method?: string;
  /** Members of the operation. */
  readonly operation?: Json;
  /** Schema of the request body. */
  readonly request?: unknown;
  /** Schema of the body of the 200 reply. */
  readonly reply?: unknown;
  /** Members of the 200 reply. */
  readonly reply200?: Json;
  readonly responses?: Json;
  readonly components?: Json;
  /** Members of the description. */
  readonly root?: Json;
}

/** A library that lends books. */
export function sketch(given: Sketch = {}): Json {
  const { path = '/shelves/{shelf}/books', method = 'post', request, reply, reply200, responses } = given;
  const json = (schema: unknown): Json => ({ content: { 'application/json': schema === undefined ? {} : { schema } } });
  return {
    openapi: given.openapi ?? '3.1.0',
    info: { title: 'Library', version: '1' },
    servers: [{ url: 'https://library.example' }],
    paths: {
      [path]: {
        [method]: {
          operationId: 'lendBook',
          parameters: [{ name: 'shelf', in: 'path', required: true, schema: { type: 'string' } }],
          ...(request === undefined ? {} : { requestBody: { required: true, ...json(request) } }),
          responses: responses ?? { 200: { description: 'Lent.', ...json(reply), ...reply200 } },
          ...given.operation,
        },
      },
    },
    ...(given.components === undefined ? {} : { components: given.components }),
    ...given.root,
  };
}

export function findings(old: unknown, changed: unknown): Finding[] {
  return compareDescriptions(JSON.stringify(old, null, 1), 'old.json', JSON.stringify(changed, null, 1), 'new.json');
}

/** One line per finding: `breaking request required-member-added requestBody title`. */
export function lines(found: readonly Finding[]): string[] {
  return found.map(({ severity, direction, ruleId, pointer }) => `${severity} ${direction} ${ruleId} ${pointer}`);
}
