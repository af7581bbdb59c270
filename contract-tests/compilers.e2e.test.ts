import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runNode, type NodeRun } from './project/run-node.js';

// Compiles code of consumers against the built package, and checks every declaration file.

const project = join(import.meta.dirname, '..');
const lastRelease = join(project, 'contract-tests', 'last-release');

const { resolve } = createRequire(import.meta.url);
const compilers = {
  '5.0': resolve('typescript-5.0/bin/tsc'),
  '5.4': resolve('typescript-5.4/bin/tsc'),
  '5.9': resolve('typescript/bin/tsc'),
  '6.0': resolve('typescript-6/bin/tsc'),
};

interface Compilation {
  readonly compiler?: keyof typeof compilers;
  /** Files of `last-release/`. */
  readonly files: readonly string[];
  /** Replaces the generated types of the package. */
  readonly schema?: string;
  /** Decides which types declare `fetch`. */
  readonly platform?: keyof typeof platforms;
}

const platforms = {
  browser: { lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
  node: { lib: ['es2022'], types: ['node'] },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(project, 'dist', 'scratch-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Compiles files as a consumer would. The compiler prints nothing if it accepts them. */
async function compile({ compiler = '5.9', files, schema, platform = 'browser' }: Compilation): Promise<NodeRun> {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    ...platforms[platform],
    skipLibCheck: false,
    // The compiler's own declarations need no check, and take the longest.
    skipDefaultLibCheck: true,
    ...(schema === undefined ? {} : { paths: { 'hubspot-associations/schema': [schema] } }),
  };
  const config = join(folder, 'tsconfig.json');
  const settings = { compilerOptions, files: files.map((file) => join(lastRelease, file)) };
  await writeFile(config, JSON.stringify(settings));
  return runNode([compilers[compiler], '-p', config], project);
}

const accepted: NodeRun = { exitCode: 0, output: '' };
const schemaAlone = ['schema-consumer.ts', 'compatibility.ts'];
const everything = [...schemaAlone, 'client-consumer.ts'];

describe('code written for the last release', () => {
  test('compiles with the types of that release', async () => {
    const schema = join(lastRelease, 'schema.d.ts');
    expect(await compile({ files: everything, schema })).toEqual(accepted);
  });

  test.each(['5.4', '6.0'] as const)('compiles with the package, under TypeScript %s', async (compiler) => {
    expect(await compile({ compiler, files: everything })).toEqual(accepted);
  });

  test('compiles with the package for Node, without browser types, under TypeScript 5.9', async () => {
    expect(await compile({ platform: 'node', files: [...everything, 'node-consumer.ts'] })).toEqual(accepted);
  });

  test('compiles with the generated types alone, under TypeScript 5.0', async () => {
    expect(await compile({ compiler: '5.0', files: schemaAlone })).toEqual(accepted);
  });

  test('compiles with the package under TypeScript 5.0, except for the declarations of openapi-fetch', async () => {
    const { output } = await compile({ compiler: '5.0', files: everything });
    const files = new Set([...output.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file = '']) => file));
    expect(files).not.toEqual(new Set());
    expect([...files].filter((file) => !/node_modules\/openapi-(fetch|typescript-helpers)\//.test(file))).toEqual([]);
  });

  test('does not compile after a breaking change of a request, a reply or a path', async () => {
    const types = await readFile(join(project, 'dist', 'generated', 'schema.d.ts'), 'utf8');
    const changed = types
      .replaceAll('id: string;', 'id: string; portal: string;')
      .replaceAll('numErrors?: number;', '')
      .replaceAll('/crm/associations/2025-09/', '/crm/associations/2031-09/');
    const schema = join(folder, 'schema.d.ts');
    await writeFile(schema, changed);
    const { exitCode, output } = await compile({ files: schemaAlone, schema });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/last-release\/compatibility\.ts.+\n(?: .+\n)*.*'portal' is missing/);
    expect(output).toMatch(/last-release\/schema-consumer\.ts.+'numErrors'/);
    expect(output).toMatch(/last-release\/schema-consumer\.ts.+\/crm\/associations\/2025-09\//);
  });
});
