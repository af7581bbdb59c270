import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { simulatedProbe } from 'hubspot-associations/contract';
import { createSimulator, serve } from 'hubspot-associations/simulator';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { cloneProject, createSandbox, installPackage, linkPackages, type Sandbox } from './project/packed-package.js';
import { runNode } from './project/run-node.js';

const project = join(import.meta.dirname, '..');
const modules = join(project, 'node_modules');

/** The commands in README.md that pack the clone and install the tarball. */
async function instructions(): Promise<{ pack: string; tarball: string }> {
  const readme = await readFile(join(project, 'README.md'), 'utf8');
  const [, pack] = /`npm ci && (npm [^`]*)` makes a tarball/.exec(readme) ?? [];
  const [, tarball] = /`npm install \.\/([^`]*\.tgz)`/.exec(readme) ?? [];
  if (pack === undefined || tarball === undefined) throw new Error('README.md has no installation command.');
  return { pack, tarball };
}

let clone: Sandbox;
let consumer: Sandbox;
beforeAll(async () => {
  clone = await cloneProject();
  consumer = await createSandbox();
  await consumer.write('package.json', '{ "private": true }');
});
afterAll(() => Promise.all([clone.remove(), consumer.remove()]));

describe('a clone that has not been built', () => {
  test('cannot be installed from git without scripts', async () => {
    // npm would first install the devDependencies, which needs a registry.
    const manifest = await readFile(join(clone.folder, 'package.json'), 'utf8');
    const bare = { ...(JSON.parse(manifest) as object), dependencies: {}, devDependencies: {}, overrides: {} };
    await clone.write('package.json', JSON.stringify(bare));
    await clone.run('git init -q && git add -A && git rm -q --cached package-lock.json');
    await clone.run('git -c user.name=test -c user.email=test@localhost commit -q -m bare');
    await clone.write('package.json', manifest);
    const install = consumer.run(`npm install --offline --ignore-scripts "git+file://${clone.folder}"`);
    await expect(install).rejects.toThrow('.npmignore');
    expect(await readdir(consumer.folder)).toEqual(['package.json']);
  });

  test('cannot be packed', async () => {
    await expect(clone.run('npm pack')).rejects.toThrow('.npmignore');
    expect(await readdir(clone.folder)).not.toContain((await instructions()).tarball);
  });
});

const use = `
const simulator = createSimulator();
const client = createAssociationsClient({ accessToken: 'any', fetch: simulator.fetch });
const types = [{ associationCategory: 'HUBSPOT_DEFINED' as const, associationTypeId: 279 }];
const inputs = [{ from: { id: '1' }, to: { id: '2' }, types }];
const summary = client.createAll({ fromObjectType: 'contacts', toObjectType: 'companies', inputs }).summary;
void summary.then(({ created }) => { console.log('created', created); });
`;
const useInJavaScript = use.replace(' as const', '');

/** The standard output of a failed command. */
function printed(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : String(error);
}

describe('the package, built, packed and installed as in README.md,', () => {
  beforeAll(async () => {
    const { pack, tarball } = await instructions();
    await linkPackages(clone);
    await clone.run(pack);
    await installPackage(join(clone.folder, tarball), consumer);
  });

  test('is imported as an ES module', async () => {
    await consumer.write(
      'use.mjs',
      `import { createAssociationsClient } from 'hubspot-associations';
       import { createClient } from 'hubspot-associations/client';
       import { simulatedProbe } from 'hubspot-associations/contract';
import { createSimulator, serve } from 'hubspot-associations/simulator';
       import { openLedger } from 'hubspot-associations/ledger';
       import { associationSpecAssociationCategoryValues } from 'hubspot-associations/schema';
       import openapi from 'hubspot-associations/openapi.json' with { type: 'json' };
       import next from 'hubspot-associations/openapi.2026-03.json' with { type: 'json' };
       console.log(typeof createClient, typeof serve, typeof openLedger, associationSpecAssociationCategoryValues.length, openapi.openapi, next.info.version);
       ${useInJavaScript}`,
    );
    expect(await consumer.run('node use.mjs')).toBe('function function function 4 3.1.1 2026-03\ncreated 1\n');
  });

  test('can be required from CommonJS', async () => {
    await consumer.write(
      'use.cjs',
      `const { createAssociationsClient } = require('hubspot-associations');
       const { createSimulator } = require('hubspot-associations/simulator');${useInJavaScript}`,
    );
    expect(await consumer.run('node use.cjs')).toBe('created 1\n');
  });

  test.each([
    ['ES modules and CommonJS in Node', ['use.mts', 'use.cts'], '--module nodenext'],
    ['bundlers', ['bundled.ts'], '--module esnext --moduleResolution bundler'],
  ])('has types for %s that pass a full check', async (_, files, resolution) => {
    for (const file of files) {
      await consumer.write(
        file,
        `import { createAssociationsClient, type AssociationInput } from 'hubspot-associations';
         import { createClient, type Client } from 'hubspot-associations/client';
         import { createSimulator } from 'hubspot-associations/simulator';
         import type { paths } from 'hubspot-associations/schema';
         export type Paths = keyof paths;
         export const single: Client = createClient({ accessToken: 'any' });
         export const wrong: AssociationInput = {
           from: { id: '1' },
           to: { id: '2' },
           // @ts-expect-error -- A name is not a list of types.
           types: 'HUBSPOT_DEFINED',
         };${use}`,
      );
    }
    const compiler = join(modules, 'typescript', 'bin', 'tsc');
    const options = `--noEmit --strict --exactOptionalPropertyTypes --target es2022 ${resolution}`;
    const types = `--types node --typeRoots "${join(modules, '@types')}"`;
    expect(await consumer.run(`node "${compiler}" ${options} ${types} ${files.join(' ')}`)).toBe('');
  });

  test('has a command', async () => {
    expect(await consumer.run('npx --no hubspot-associations create --help')).toMatch(/create FILE/);
    await consumer.write('pairs.csv', 'from_id,to_id\n1,2\n3,4\n');
    const types = '--from contacts --to companies --type HUBSPOT_DEFINED:279';
    const output = await consumer.run(`npx --no hubspot-associations create pairs.csv ${types} --simulate --json`);
    expect(JSON.parse(output)).toMatchObject({ created: 2 });
  });

  test('can be bundled for browsers, without Node modules', async () => {
    const entry = await consumer.write(
      'browser.js',
      `import { createAssociationsClient } from 'hubspot-associations';
       import { createSimulator } from 'hubspot-associations/simulator';${useInJavaScript}`,
    );
    const outfile = join(consumer.folder, 'bundle.mjs');
    const target = { bundle: true, format: 'esm', platform: 'browser' } as const;
    const { errors, warnings } = await build({ entryPoints: [entry], outfile, ...target });
    expect([errors, warnings]).toEqual([[], []]);
    expect(await readFile(outfile, 'utf8')).not.toMatch(/from ["']node:/);
    expect(await consumer.run('node bundle.mjs')).toBe('created 1\n');
  });

  describe('provides the contract checks of docs/contract-in-your-ci.md to other repositories:', () => {
    const sample = async (language: string): Promise<string> => {
      const page = await readFile(join(project, 'docs', 'contract-in-your-ci.md'), 'utf8');
      const code = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
      if (code === undefined) throw new Error(`docs/contract-in-your-ci.md has no sample in ${language}.`);
      return code;
    };
    beforeAll(async () => {
      for (const name of ['@stoplight', 'typescript', 'jest']) {
        await symlink(join(modules, name), join(consumer.folder, 'node_modules', name), 'junction');
      }
    });

    test('testing the client against a mock of the spec', async () => {
      const output = await consumer.run('npx --no hubspot-associations contract');
      expect(output).toMatch(/(\d+) of \1 conform to the spec\./);
    });

    test('testing the client against a server, and reporting deviations of the server', async () => {
      const records = { contacts: ['37295'], companies: ['1439'] };
      const good = await serve(createSimulator({ accessTokens: [simulatedProbe.accessToken], records }));
      const bad = await serve(() => Promise.resolve(Response.json({ status: 'DONE', results: [] }, { status: 201 })));
      try {
        expect(await consumer.run(`npx --no hubspot-associations contract --base-url ${good.url}`)).toContain('5 of 5');
        const run = consumer.run(`npx --no hubspot-associations contract --base-url ${bad.url} --json`);
        const stdout = await run.catch(printed);
        expect(stdout).toContain('/status must be equal to one of the allowed values');
      } finally {
        await good.close();
        await bad.close();
      }
    });

    test('a mock and matchers for its own tests', async () => {
      await consumer.write('contract.test.mjs', await sample('js jest'));
      await consumer.write('jest.config.json', JSON.stringify({ testMatch: ['**/*.test.mjs'], transform: {} }));
      const jest = join(modules, 'jest', 'bin', 'jest.js');
      const { exitCode, output } = await runNode(['--experimental-vm-modules', jest], consumer.folder);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/Tests: +2 passed/) });
    });

    test('finding the code that a change of the spec affects', async () => {
      await consumer.write('app.ts', await sample('ts app'));
      const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [] };
      await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['app.ts'] }));
      const about = (pointer: string, component: string): object => ({
        ...{ ruleId: 'member-removed', pointer, message: `${pointer} is gone` },
        affects: [`components["schemas"]["${component}"]`],
      });
      const findings = [
        about('responses/201 results[].labels', 'LabelsBetweenObjectPair'),
        about('responses/201 completedAt', 'BatchResponseLabelsBetweenObjectPair'),
      ];
      await consumer.write('diff.json', JSON.stringify({ findings }));
      const run = consumer.run('npx --no hubspot-associations contract --changes diff.json --json');
      const stdout = await run.catch(printed);
      expect(JSON.parse(stdout)).toEqual({
        findings: 2,
        inUse: [{ finding: findings[0], uses: [{ file: 'app.ts', line: expect.any(Number) }] }],
      });
    });
  });

  test('has correct types for every way of importing it into an ES module', async () => {
    const { tarball } = await instructions();
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(join(clone.folder, tarball))));
    // The package has only ES modules. CommonJS can require them, but old compilers do not know that.
    const problems =
      analysis.types === false ? [analysis] : analysis.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems.filter((problem) => !('resolutionKind' in problem) || problem.resolutionKind !== 'node10')).toEqual(
      [],
    );
  });

  test('contains every page that its README links to', async () => {
    const folder = join(consumer.folder, 'node_modules', 'hubspot-associations');
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, link = '']) => link);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  test('passes publint', async () => {
    const pkgDir = join(consumer.folder, 'node_modules', 'hubspot-associations');
    const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });
});
