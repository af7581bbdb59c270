import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSimulator, parseFaultPlan } from 'hubspot-associations/simulator';
import { createScratchFolder } from './project/run-group.js';
import { runNode } from './project/run-node.js';

const project = join(import.meta.dirname, '..');

let folder: string;
beforeAll(async () => {
  // Within the project, so that the examples can import the package by name.
  folder = await createScratchFolder();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The code block of docs/simulator.md with a given language. */
async function example(language: string): Promise<string> {
  const page = await readFile(join(project, 'docs', 'simulator.md'), 'utf8');
  const code = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  if (code === undefined) throw new Error(`docs/simulator.md has no code block marked ${language}.`);
  return code;
}

describe('the examples of docs/simulator.md work', () => {
  test('with node:test', async () => {
    const file = join(folder, 'example.mjs');
    await writeFile(file, await example('js node:test'));
    const { exitCode, output } = await runNode(['--test', file], folder);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/pass 2/) });
  });

  test('with jest', async () => {
    await writeFile(join(folder, 'example.test.js'), await example('js jest'));
    await writeFile(join(folder, 'jest.config.json'), JSON.stringify({ rootDir: folder, transform: {} }));
    const program = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
    const { exitCode, output } = await runNode(
      ['--experimental-vm-modules', program, '--config', join(folder, 'jest.config.json')],
      folder,
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/Tests: +1 passed/) });
  });

  test('as a fault plan', async () => {
    const faults = parseFaultPlan(JSON.parse(await example('json')));
    expect(createSimulator({ faults }).requests()).toBe(0);
    expect(faults.faults).toHaveLength(3);
  });
});
