import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { textPage } from '../spec-drift/test-support.js';
import { runSpecCheck } from './check.js';
import { runSpecPropose } from './propose.js';
import { project, type Scratch, scratchRepository, workflow } from './test-support.js';

const files = readdirSync(join(project, '.github', 'workflows')).filter((name) => name.endsWith('.yml'));
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

test.each(files)('%s runs npm scripts that exist, and actions by their major version', (name) => {
  const { permissions, jobs } = workflow(name);
  expect(permissions).toBeDefined();
  for (const { steps } of Object.values(jobs)) {
    for (const { run = '', uses = 'actions/none@v1' } of steps) {
      for (const [, script = ''] of run.matchAll(/npm run (?:-s )?([\w:-]+)/g)) {
        expect(Object.keys(manifest.scripts)).toContain(script);
      }
      expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
      // What somebody types into a form or a title is no part of a shell script.
      expect(run).not.toContain('${{');
    }
  }
});

test('only the job that runs nothing of a pull request may write to it', () => {
  const writing = Object.entries(workflow('pull-request.yml').jobs).filter(([, { permissions }]) =>
    Object.values(permissions ?? {}).includes('write'),
  );
  expect(writing.map(([name]) => name)).toEqual(['comment']);
  expect(JSON.stringify(writing)).not.toMatch(/checkout|npm/);
});

const capture = readFileSync(join(project, 'openapi', 'associations.yaml'), 'utf8');
const published = { description: capture, page: textPage('en') };
const server = createServer(({ url }, response) => {
  // A command that computes between two requests would find its connection closed.
  response.setHeader('Connection', 'close');
  response.end(url === '/page' ? published.page : published.description);
});
let scratch: Scratch;
beforeAll(async () => {
  scratch = scratchRepository();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  scratch.remove();
});

async function drift(page = ''): Promise<void> {
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const env = { BASE: 'main', BRANCH: 'spec-drift', DESCRIPTION: url, PAGE: page && url + page };
  const { code, out } = await scratch.run('drift.yml', 'propose', env);
  expect({ code, out }).toMatchObject({ code: 0 });
}

const branch = (file: string): string => scratch.git('--git-dir', '../origin.git', 'show', `spec-drift:${file}`);
const write = (file: string, text: string): void => {
  writeFileSync(join(scratch.folder, file), text);
};
const read = (file: string): string => readFileSync(join(scratch.folder, file), 'utf8');

test('drift opens one pull request, keeps what people edit in it, and opens none while nothing has moved', async () => {
  await drift('/page');
  expect(scratch.told('calls')).not.toMatch(/pr create|pr edit/);

  published.page = published.page.replaceAll('int32', 'int64');
  await drift('/page');
  expect(scratch.told('calls').match(/^pr create/gm)).toHaveLength(1);
  expect(scratch.told('title')).toMatch(/^HubSpot's contract has moved: \d+ changes?, version 0\.\d\.\d/);
  expect(scratch.told('body')).toMatch(/## \d+ breaking, \d+ potentially breaking/);
  expect(branch('openapi/associations.yaml')).toContain('int64');
  expect(branch('generated/openapi.json')).toContain('int64');
  const { version } = JSON.parse(branch('package.json')) as { version: string };
  expect(version).not.toBe('0.1.0');
  expect(branch('CHANGELOG.md')).toContain(`## [${version}] - `);

  // Somebody puts the entry into their own words.
  const words = branch('CHANGELOG.md').replace(/^(- .*): `.*` (<!--)/m, '- The count is longer. $2');
  write('CHANGELOG.md', words);
  scratch.git('commit', '--quiet', '--all', '--message', 'In our words');
  scratch.git('push', '--quiet', 'origin', 'spec-drift');

  // Then HubSpot goes on: its description has a member that its page has not, and the page has the last word.
  published.description = branch('openapi/associations.yaml').replace(
    /(BatchInputPublicAssociationMultiPost:[\s\S]*?properties:\n)/,
    '$1        reason: { type: string }\n',
  );
  await drift('/page');
  expect(scratch.told('calls').match(/^pr create/gm)).toHaveLength(1);
  expect(scratch.told('calls').match(/^pr edit 7/gm)).toHaveLength(1);
  expect(scratch.told('body')).toMatch(/Edits to make by hand: 1[\s\S]*reason[^\n]*`openapi\/associations\.yaml:\d+`/);
  expect(branch('CHANGELOG.md')).toContain('The count is longer.');
  expect(branch('CHANGELOG.md')).toContain('requestBody reason');
  expect(branch('CHANGELOG.md').match(/^## /gm)).toHaveLength(2);
  const fingerprints = branch('CHANGELOG.md').match(/<!-- \w+ -->/g) ?? [];
  expect(fingerprints).toEqual([...new Set(fingerprints)]);

  // The description alone is followed, but for what known-drift.yaml keeps.
  await drift();
  expect(scratch.told('body')).not.toContain('Edits to make by hand');
  expect(branch('openapi/provenance.yaml')).toMatch(/reason: \{[^}]*place: published description/);
  expect(branch('generated/openapi.json')).toMatch(/"reason": \{\s*"type": "string"/);
});

test('a pull request fails until the version and an approval say what it breaks, in one comment', async () => {
  scratch.git('switch', '--quiet', '--force-create', 'topic', 'main');
  const spec = JSON.parse(read('generated/openapi.json')) as {
    components: { schemas: Record<string, { properties: Record<string, unknown>; required?: string[] }> };
  };
  const schema = spec.components.schemas['LabelsBetweenObjectPair'];
  if (schema === undefined) throw new Error('There is no schema LabelsBetweenObjectPair.');
  delete schema.properties['labels'];
  schema.required = schema.required?.filter((name) => name !== 'labels') ?? [];
  write('generated/openapi.json', JSON.stringify(spec, null, 2));
  const { code } = await scratch.run('pull-request.yml', 'spec', { BASE: 'origin/main' });
  expect(code).toBe(2);
  const comment = read('comment.md');
  expect(comment).toMatch(/^<!-- spec-check -->\n\nFails:[\s\S]*asks for 0\.2\.0 or later[\s\S]*## \d+ breaking/);
  const row = comment.split('\n').find((line) => line.includes('`responses/200 results[].labels`')) ?? '';
  expect(row).toMatch(/`member-removed` `[0-9a-f]{12}` .*\| yes: `src\/[\w/-]+\.ts:\d+`/);

  expect((await scratch.run('pull-request.yml', 'comment', { NUMBER: '3' })).code).toBe(0);
  expect(scratch.told('calls')).toContain('--method POST repos/o/r/issues/3/comments');
  expect((await scratch.run('pull-request.yml', 'comment', { NUMBER: '3' })).code).toBe(0);
  expect(scratch.told('calls')).toContain('--method PATCH repos/o/r/issues/comments/41');
  expect(scratch.told('comment')).toBe(comment);

  const fingerprints = new Set([...comment.matchAll(/`([0-9a-f]{12})`/g)].map(([, digits]) => digits ?? ''));
  const approvals = [...fingerprints].map((digits) => `  - fingerprint: '${digits}'\n    reason: Nobody reads it.\n`);
  write('openapi/approvals.yaml', `approvals:\n${approvals.join('')}`);
  const problems = async (): Promise<string[]> => {
    const printed: string[] = [];
    const print = (text: string): unknown => printed.push(text);
    await runSpecCheck(['origin/main', '--format', 'json'], { folder: scratch.folder, print, complain: print });
    return (JSON.parse(printed.join('')) as { problems: string[] }).problems;
  };
  expect(await problems()).toEqual([expect.stringContaining('package.json declares 0.1.0')]);
  write('package.json', read('package.json').replace('"version": "0.1.0"', '"version": "0.2.0"'));
  expect(await problems()).toEqual([expect.stringContaining('CHANGELOG.md has no entry for 0.2.0')]);
  write('CHANGELOG.md', read('CHANGELOG.md').replace('\n## ', '\n## [0.2.0] - 2026-12-01\n\n## '));
  expect(await problems()).toEqual([]);
});

test.each([
  ['a revision that git does not know', runSpecCheck, ['nowhere'], /^nowhere:\S+: is no file, and git cannot show/],
  ['a format that there is not', runSpecCheck, ['main', '--format', 'xml'], /^--format xml/],
  [
    'a page of another operation',
    runSpecPropose,
    ['--page', 'other.txt'],
    /is of another operation.*nothing is proposed/,
  ],
  ['a page that documents nothing', runSpecPropose, ['--page', 'package.json'], /(documents|names) no operation/],
  ['a description that is none', runSpecPropose, ['other.txt'], /is no OpenAPI description; a page goes to --page/],
  ['nothing to compare with', runSpecPropose, [], /^Name one description/],
])('%s is an error that says so, and leaves the files as they were', async (_, command, args, says) => {
  write('other.txt', textPage('en').replaceAll('create', 'archive'));
  const before = scratch.git('status', '--porcelain');
  let complaint = '';
  const code = await command(args, {
    folder: scratch.folder,
    print: () => undefined,
    complain: (text) => {
      complaint += text;
    },
  });
  expect(complaint).toMatch(says);
  expect(code).toBe(1);
  expect(scratch.git('status', '--porcelain')).toBe(before);
});
