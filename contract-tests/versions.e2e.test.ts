import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { apiVersions, type ApiVersion } from 'hubspot-associations';
import { createSimulator } from 'hubspot-associations/simulator';
import { allChecks, checksOf } from './checks/all-checks.js';
import type { Check } from './checks/context.js';
import { runCheck } from './checks/run-check.js';
import { apiVersion } from './judges/api-version.js';
import { pair } from './judges/calls.js';
import { startPrismInProcess } from './judges/prism-in-process.js';
import { document, productFor } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { createProductBuilder, type ProductBuilder } from './mutation/build-product.js';
import { createScratchProject, type ScratchProject } from './project/scratch-project.js';
import { objectOf } from '../src/openapi/index.js';

// The suite tests one API version. This file runs its checks for the other versions.

const all = Object.keys(apiVersions) as ApiVersion[];
const others = all.filter((version) => version !== apiVersion);

/** The first failures of the checks. */
async function failuresOf(checks: readonly Check[], subject: Subject): Promise<string[]> {
  const failures: string[] = [];
  for (const check of checks) {
    const { failure } = await runCheck(check, subject);
    if (failure !== undefined) failures.push(`${check.item.title}: ${failure}`);
  }
  return failures.slice(0, 3);
}

/** The titles of all checks for the API version under test. */
const testedTitles = allChecks(checksOf(document)).map(({ item }) => item.title);

describe.each(others)('API version %s', (version) => {
  test('passes every check of the suite', async () => {
    const product = await productFor(version);
    const checks = allChecks(checksOf(product.description));
    expect(await failuresOf(checks, product)).toEqual([]);
    expect(checks.map(({ item }) => item.title)).toEqual(testedTitles);
  });

  test('has another path, so its mock refuses a client of another version', async () => {
    const { mock } = await productFor(version);
    const { createClient, baseUrl } = await productFor(apiVersion);
    const options = { accessToken: 'any', baseUrl, fetch: mock, allowance: false, maxAttempts: 1 } as const;
    const client = createClient({ ...options, onEvent: () => undefined });
    const call = client.batchCreate({
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      inputs: [pair('1', '2')],
    });
    await expect(call).rejects.toMatchObject({ status: 404 });
  });
});

test.each(all)('replies of the simulator conform to version %s', async (version) => {
  const { createClient, judgeReply, baseUrl } = await productFor(version);
  const simulator = createSimulator();
  const violations: unknown[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const response = await simulator.fetch(request.clone());
    violations.push(...(await judgeReply(request, response)));
    return response;
  };
  const options = { accessToken: 'any', baseUrl, fetch, allowance: false, maxAttempts: 1 } as const;
  const client = createClient({ ...options, onEvent: () => undefined });
  await client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [pair('1', '2')] });
  expect(simulator.associations('contacts', 'companies')).toHaveLength(1);
  expect(violations).toEqual([]);
});

describe('a new API version', () => {
  let scratch: ScratchProject;
  let overlay: string;
  beforeEach(async () => {
    scratch = await createScratchProject();
    const text = await readFile(join(scratch.folder, 'openapi', 'versions', '2026-03.overlay.yaml'), 'utf8');
    overlay = text.replaceAll('2026-03', '2031-03');
  });
  afterEach(() => scratch.remove());
  const add = (text: string, name = '2031-03'): Promise<void> =>
    writeFile(join(scratch.folder, 'openapi', 'versions', `${name}.overlay.yaml`), text);

  let builder: ProductBuilder;
  beforeAll(async () => {
    builder = await createProductBuilder();
  });
  afterAll(() => builder.remove());

  test('takes one file and no code: the client sends what the file describes, and the types do not change', async () => {
    const before = await scratch.generated();
    await add(overlay);
    expect(await scratch.generate()).toMatchObject({ exitCode: 0 });
    const after = await scratch.generated();
    for (const file of Object.keys(before).filter((name) => !['client.ts', 'manifest.json'].includes(name))) {
      expect({ [file]: after[file] }).toEqual({ [file]: before[file] });
    }
    const description = objectOf(JSON.parse(after['openapi.2031-03.json'] ?? ''));
    const { createClient, validators } = await builder.build({ 'generated/client.ts': after['client.ts'] ?? '' });
    const create: Subject['createClient'] = (options) => createClient({ ...options, ...{ apiVersion: '2031-03' } });
    const prism = await startPrismInProcess(description);
    const subject = { ...prism, validators, createClient: create, baseUrl: 'http://127.0.0.1', runs: 2 };
    const { requests, violations } = checksOf(description);
    expect(await failuresOf([...requests, ...violations], subject)).toEqual([]);
  });

  test('that changes more than paths is refused, because all versions share their types', async () => {
    const before = await scratch.generated();
    const changes = [
      ['components.schemas.PublicObjectId', '{ minProperties: 1 }'],
      ["paths.*[?(@.operationId == 'batchCreateAssociations')]", '{ deprecated: true }'],
      ['servers[0]', '{ url: https://example.com }'],
    ];
    const actions = changes.map(([target = '', update = '']) => `\n  - target: $.${target}\n    update: ${update}\n`);
    await add(overlay + actions.join(''));
    const { exitCode, output } = await scratch.generate();
    expect(exitCode).toBe(1);
    expect(output).toContain('openapi/versions/2031-03.overlay.yaml: changes more than the paths of operations');
    expect(output).toContain('not supported yet');
    for (const place of ['/components/schemas/PublicObjectId/minProperties', '/post/deprecated', '/servers/0/url']) {
      expect(output).toContain(place);
    }
    expect(await scratch.generated()).toEqual(before);
  });

  test('must match the name of its file', async () => {
    await add(overlay, '2031-09');
    const { exitCode, output } = await scratch.generate();
    expect(exitCode).toBe(1);
    expect(output).toContain('openapi/versions/2031-09.overlay.yaml: info.version is 2031-03');
  });
});
