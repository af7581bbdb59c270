import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const project = join(import.meta.dirname, '..');
const run = promisify(execFile);

interface Sample {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The samples of a page: all TypeScript, and the shell commands marked with `run`. */
async function samplesOf(page: string): Promise<Sample[]> {
  const text = await readFile(join(project, page), 'utf8');
  return Array.from(
    text.matchAll(/^```(ts|sh)( run)?\n(.*?)^```/gms),
    ({ index, 1: language = '', 2: run, 3: code = '' }) => ({
      page,
      line: text.slice(0, index).split('\n').length,
      language: language === 'sh' && run === undefined ? 'text' : language,
      code,
    }),
  );
}

const pages = ['README.md', ...(await readdir(join(project, 'docs'))).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const samples = (await Promise.all(pages.map(samplesOf))).flat();
const programs = samples.filter(({ language }) => language === 'ts');
const commands = samples.filter(({ language }) => language === 'sh');

let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  await mkdir(join(project, 'dist'), { recursive: true });
  // Within the project, so that the samples can import the package by name.
  folder = await mkdtemp(join(project, 'dist', 'scratch-'));
  // A simulator answers requests to HubSpot.
  const preload = join(folder, 'in-memory.mjs');
  await writeFile(preload, inMemory);
  await writeFile(
    join(folder, 'npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(project, 'dist', 'src', 'cli', 'main.js')}" "$@"\n`,
  );
  await chmod(join(folder, 'npx'), 0o755);
  await writeFile(join(folder, 'pairs.csv'), 'from_id,to_id\n37295,1439\n41226,1439\n');
  await writeFile(join(folder, 'export.csv'), 'Contact ID;Company ID\n37295;1439\n');
  env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    HUBSPOT_ACCESS_TOKEN: 'pat-na1-sample',
    NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inMemory = `
import { createSimulator } from 'hubspot-associations/simulator';
const simulator = createSimulator();
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  return new URL(request.url).hostname === 'api.hubapi.com' ? simulator.fetch(request) : fetch(input, init);
};
`;

describe('the samples in README.md and the guides', () => {
  test('in TypeScript compile in strict mode', () => {
    const files = new Map(programs.map((sample) => [nameOf(sample), sample.code]));
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ['node'],
      typeRoots: [join(project, 'node_modules', '@types')],
    };
    const host = ts.createCompilerHost(options);
    const onDisk = { ...host };
    host.readFile = (name) => files.get(name) ?? onDisk.readFile(name);
    host.fileExists = (name) => files.has(name) || onDisk.fileExists(name);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
    expect(ts.formatDiagnostics(diagnostics, host)).toBe('');
  });

  test.each(programs)(
    'run: $page, line $line',
    async (sample) => {
      const { code } = await transform(sample.code, { loader: 'ts', format: 'esm' });
      const file = nameOf(sample).replace(/\.mts$/, '.mjs');
      await writeFile(file, code);
      await run(process.execPath, [file], { cwd: folder, env });
    },
    60_000,
  );

  test.each(commands)(
    'run: $page, line $line',
    async ({ code }) => {
      await run('bash', ['-euc', code], { cwd: folder, env });
    },
    60_000,
  );
});

function nameOf({ page, line }: Sample): string {
  return join(folder, `${page.replaceAll(/[/.]/g, '-')}-${String(line)}.mts`);
}
