import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { unsupportedIn } from '../scripts/generate/supported/unsupported.js';
import { allChecks, checksOf } from './checks/all-checks.js';
import { runCheck } from './checks/run-check.js';
import { startPrismInProcess } from './judges/prism-in-process.js';
import { document } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { generatedSources, openWorkshop, type Workshop } from './mutation/build-product.js';
import { objectOf, operationsOf, type JsonObject } from '../src/openapi/index.js';

// Whatever `npm run generate` accepts, the suite covers: here it meets a spec with all of that.

const file = join(import.meta.dirname, 'any-operation.openapi.yaml');
const synthetic = objectOf(parse(readFileSync(file, 'utf8')));

/** The product needs its own operation to be built. */
function beside(known: JsonObject, added: JsonObject): JsonObject {
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

const spec = beside(document, synthetic);
const operations = operationsOf(synthetic).map(({ operationId }) => ({ operationId }));
const checks = allChecks(checksOf(spec));

let workshop: Workshop;
let subject: Subject;
let sources: Readonly<Record<string, string>>;
beforeAll(async () => {
  workshop = await openWorkshop();
  sources = await generatedSources(spec);
  const product = await workshop.build(sources);
  subject = { ...product, ...(await startPrismInProcess(spec)), baseUrl: 'http://127.0.0.1', runs: 5 };
});
afterAll(() => workshop.remove());

describe('a spec with everything that is supported', () => {
  test('is accepted by the generator', () => {
    expect(unsupportedIn(synthetic)).toEqual([]);
  });

  test('has a coverage item for what parameters and bodies may be and may not be', () => {
    const titles = checks.map(({ item: { operationId, title } }) => `${operationId}: ${title}`);
    for (const title of [
      'listNotes: query parameter ids has to satisfy minItems 2',
      'listNotes: query parameter ids has to hold no item twice',
      'listNotes: query parameter ids[] has to satisfy maximum 99',
      'listNotes: query parameter tags[] may be green',
      'listNotes: path parameter notebook has to be given',
      'addNote: the body may be left out',
      'addNote: author.name has to satisfy minLength 2',
      'putShapes: the body[].kind has to be "circle"',
    ]) {
      expect(titles).toContain(title);
    }
    expect(titles).not.toContain('deleteNotes: the request has to be authorized');
  });

  test.each(operations)('is covered without test code: $operationId', async ({ operationId }) => {
    const failures: string[] = [];
    for (const check of checks.filter(({ item }) => item.operationId === operationId)) {
      const { failure } = await runCheck(check, subject);
      if (failure !== undefined) failures.push(`${check.item.title}: ${failure}`);
    }
    expect(failures.slice(0, 3)).toEqual([]);
  });

  test('says in the generated client which operation is deprecated', () => {
    const client = sources['generated/client.ts'] ?? '';
    expect(client).toMatch(/Add a note: `POST[^*]*`\n *\*\n *\* @deprecated .*\n *\*\/\n *addNote:/);
    expect(client.match(/@deprecated/g)).toHaveLength(1);
  });
});
