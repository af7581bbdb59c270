import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { unsupportedIn } from '../scripts/generate/supported/unsupported.js';
import { untestableIn } from './values/untestable.js';
import { allChecks, checksOf } from './checks/all-checks.js';
import { runCheck } from './checks/run-check.js';
import { startPrismInProcess } from './judges/prism-in-process.js';
import { document } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { generatedSources, createProductBuilder, type ProductBuilder } from './mutation/build-product.js';
import { objectOf, operationsOf, type JsonObject } from '../src/openapi/index.js';

// The suite must cover everything that `npm run generate` accepts, and this spec uses every feature.

const file = join(import.meta.dirname, 'any-operation.openapi.yaml');
const synthetic = objectOf(parse(readFileSync(file, 'utf8')));

/** Adds the operations to the real spec, because the product does not build without its own operation. */
function withOperations(known: JsonObject, added: JsonObject): JsonObject {
  const components = objectOf(known['components']);
  const more = objectOf(added['components']);
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(components), ...Object.keys(more)])].map((kind) => [
      kind,
      { ...objectOf(components[kind]), ...objectOf(more[kind]) },
    ]),
  );
  const paths = { ...objectOf(known['paths']), ...objectOf(added['paths']) };
  return { ...known, security: added['security'], paths, components: merged };
}

const spec = withOperations(document, synthetic);
const operations = operationsOf(synthetic).map(({ operationId }) => ({ operationId }));
const checks = allChecks(checksOf(spec));

let builder: ProductBuilder;
let subject: Subject;
let sources: Readonly<Record<string, string>>;
beforeAll(async () => {
  builder = await createProductBuilder();
  sources = await generatedSources(spec);
  const product = await builder.build(sources);
  subject = { ...product, ...(await startPrismInProcess(spec)), baseUrl: 'http://127.0.0.1', runs: 5 };
});
afterAll(() => builder.remove());

describe('a spec that uses every supported feature', () => {
  test('is accepted by the generator', () => {
    expect(unsupportedIn(synthetic)).toEqual([]);
    expect(untestableIn(synthetic)).toEqual([]);
  });

  test('has coverage items for the permissions and constraints of parameters and bodies', () => {
    const titles = checks.map(({ item: { operationId, title } }) => `${operationId}: ${title}`);
    for (const title of [
      'listNotes: query parameter ids must satisfy minItems 2',
      'listNotes: query parameter ids must not have duplicate items',
      'listNotes: query parameter ids[] must satisfy maximum 99',
      'listNotes: query parameter tags[] may be green',
      'listNotes: path parameter notebook must be given',
      'addNote: the body may be left out',
      'addNote: author.name must satisfy minLength 2',
      'putShapes: the body[].kind must be "circle"',
    ]) {
      expect(titles).toContain(title);
    }
    expect(titles).not.toContain('deleteNotes: the request must be authorized');
  });

  test.each(operations)('is covered without test code: $operationId', async ({ operationId }) => {
    const failures: string[] = [];
    for (const check of checks.filter(({ item }) => item.operationId === operationId)) {
      const { failure } = await runCheck(check, subject);
      if (failure !== undefined) failures.push(`${check.item.title}: ${failure}`);
    }
    expect(failures.slice(0, 3)).toEqual([]);
  });

  test('marks deprecated operations in the generated client', () => {
    const client = sources['generated/client.ts'] ?? '';
    expect(client).toMatch(/Add a note: `POST[^*]*`\n *\*\n *\* @deprecated .*\n *\*\/\n *addNote:/);
    expect(client.match(/@deprecated/g)).toHaveLength(1);
  });
});
