import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

test('the sample of docs/opentelemetry.md compiles and runs like an application', async () => {
  const page = await readFile(join(project, 'docs', 'opentelemetry.md'), 'utf8');
  const [, sample = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
  // Within the package, so that its own name resolves to the build.
  const folder = await mkdtemp(join(project, 'dist', 'sample-'));
  try {
    const file = join(folder, 'sample.mts');
    await writeFile(file, sample);
    const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];
    await run(process.execPath, [compiler, ...options, file], { cwd: folder });
    const { stdout } = await run(process.execPath, [join(folder, 'sample.mjs')], { cwd: folder });
    expect(stdout).toContain("name: 'hubspot_associations.run'");
    expect(stdout).toContain("'http.response.status_code': 201");
    expect(stdout).toContain('1 created');
  } finally {
    await rm(folder, { recursive: true });
  }
});
