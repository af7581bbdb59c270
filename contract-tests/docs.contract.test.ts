import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createSimulator, parseFaultPlan } from 'hubspot-associations/simulator';

jest.setTimeout(60_000);

const project = join(import.meta.dirname, '..');

let folder: string;
beforeAll(async () => {
  await mkdir(join(project, 'dist'), { recursive: true });
  // Within the project, so that the examples find the package by its name.
  folder = await mkdtemp(join(project, 'dist', 'scratch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The code of docs/simulator.md that is marked with a language. */
async function example(language: string): Promise<string> {
  const page = await readFile(join(project, 'docs', 'simulator.md'), 'utf8');
  const code = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  if (code === undefined) throw new Error(`docs/simulator.md has no example in ${language}.`);
  return code;
}

function run(...args: string[]): Promise<{ exitCode: number | null; output: string }> {
  // A test runner within a test runner takes the outer one's variables for its own.
  const environment = Object.entries(process.env).filter(([name]) => !/^(JEST|NODE_TEST|NODE_OPTIONS)/.test(name));
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: Object.fromEntries(environment),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}

describe('the examples of docs/simulator.md do what they say', () => {
  test('with node:test', async () => {
    const file = join(folder, 'example.mjs');
    await writeFile(file, await example('js node:test'));
    const { exitCode, output } = await run('--test', file);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/pass 2/) });
  });

  test('with jest', async () => {
    await writeFile(join(folder, 'example.test.js'), await example('js jest'));
    await writeFile(join(folder, 'jest.config.json'), JSON.stringify({ rootDir: folder, transform: {} }));
    const program = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
    const { exitCode, output } = await run(
      '--experimental-vm-modules',
      program,
      '--config',
      join(folder, 'jest.config.json'),
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/Tests: +1 passed/) });
  });

  test('the plan of faults is one', async () => {
    const faults = parseFaultPlan(JSON.parse(await example('json')));
    expect(createSimulator({ faults }).requests()).toBe(0);
    expect(faults.faults).toHaveLength(3);
  });
});
