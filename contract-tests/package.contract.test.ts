import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';

jest.setTimeout(60_000);

const project = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** A project of somebody else, with what this package ships and depends on, and nothing more. */
let consumer: string;
beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), 'consumer-'));
  const installed = join(consumer, 'node_modules', 'hubspot-associations');
  const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
    files: string[];
    dependencies: Record<string, string>;
  };
  await mkdir(installed, { recursive: true });
  for (const path of ['package.json', ...manifest.files])
    await cp(join(project, path), join(installed, path), { recursive: true });
  for (const dependency of [...Object.keys(manifest.dependencies), 'openapi-typescript-helpers']) {
    await cp(join(project, 'node_modules', dependency), join(consumer, 'node_modules', dependency), {
      recursive: true,
    });
  }
});
afterAll(() => rm(consumer, { recursive: true }));

async function write(name: string, content: string): Promise<string> {
  await writeFile(join(consumer, name), content);
  return join(consumer, name);
}

const use = `
const simulator = createSimulator();
const client = createAssociationsClient({ accessToken: 'any', fetch: simulator.fetch });
const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];
const inputs = [{ from: { id: '1' }, to: { id: '2' }, types }];
const summary = client.createAll({ fromObjectType: 'contacts', toObjectType: 'companies', inputs }).summary;
summary.then(({ created }) => console.log('created', created));
`;

describe('the package', () => {
  test('is imported as an ES module', async () => {
    const file = await write(
      'use.mjs',
      `import { createAssociationsClient } from 'hubspot-associations';
       import { createSimulator, serve } from 'hubspot-associations/simulator';
       import { associationSpecAssociationCategoryValues } from 'hubspot-associations/schema';
       import openapi from 'hubspot-associations/openapi.json' with { type: 'json' };
       console.log(typeof serve, associationSpecAssociationCategoryValues.length, openapi.openapi);${use}`,
    );
    expect((await run(process.execPath, [file])).stdout).toBe('function 4 3.1.1\ncreated 1\n');
  });

  test('is required from CommonJS', async () => {
    const file = await write(
      'use.cjs',
      `const { createAssociationsClient } = require('hubspot-associations');
       const { createSimulator } = require('hubspot-associations/simulator');${use}`,
    );
    expect((await run(process.execPath, [file])).stdout).toBe('created 1\n');
  });

  test('is bundled for browsers, without anything of Node', async () => {
    const entry = await write(
      'browser.js',
      `import { createAssociationsClient } from 'hubspot-associations';
       import { createSimulator } from 'hubspot-associations/simulator';${use}`,
    );
    const outfile = join(consumer, 'bundle.mjs');
    const { errors, warnings } = await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'browser',
    });
    expect([errors, warnings]).toEqual([[], []]);
    expect(await readFile(outfile, 'utf8')).not.toMatch(/from ["']node:/);
    expect((await run(process.execPath, [outfile])).stdout).toBe('created 1\n');
  });
});
