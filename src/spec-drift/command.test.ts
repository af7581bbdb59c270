import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runSpecDrift } from './command.js';
import { edited, project, textPage } from './test-support.js';

const folder = mkdtempSync(join(tmpdir(), 'spec-drift-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function run(source: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(folder, 'page');
  writeFileSync(file, source);
  const printed = { out: '', err: '' };
  const code = await runSpecDrift([file, ...args], {
    folder: project,
    print: (text) => {
      printed.out += text;
    },
    printError: (text) => {
      printed.err += text;
    },
  });
  return { code, ...printed };
}

const page = textPage('de');
const description = (text: string): string => text.replace('format: int32', 'format: int64');
const capture = readFileSync(join(project, 'openapi', 'associations.yaml'), 'utf8');

test.each<[string, number, string, string]>([
  ['a page that agrees', 0, page, 'agrees with the spec'],
  [
    'a page that differs only in its date',
    0,
    edited(page, ['30. März', '2. Mai']),
    'last modified: 2026-03-30 becomes 2026-05-02',
  ],
  [
    'a page that differs',
    2,
    edited(page, ['int32', 'int64']),
    'numErrors: format integer<int32> becomes integer<int64>',
  ],
  ['a page without its date', 3, edited(page, [/Zuletzt.*/, '']), 'last-modified date: the page has none at its end'],
  ['another version', 4, page.replaceAll('2025-09', '2026-09'), 'another version of the operation: version 2026-09'],
  ['another operation', 4, page.replaceAll('create', 'archive'), 'describes another operation'],
  ['the capture itself', 0, capture, 'agrees with the spec'],
  ['a description that differs', 2, description(capture), 'int64'],
  ['a page that contains a description', 2, `# Create\n\n\`\`\`yaml\n${description(capture)}\n\`\`\`\n`, 'int64'],
])('%s exits with %i', async (_, code, source, expected) => {
  const result = await run(source);
  expect(result.out).toContain(expected);
  expect(result).toMatchObject({ code, err: '' });
});

test('a source without an operation is an error, and so are wrong arguments', async () => {
  expect(await run('{ "name": "other", "version": "1.0.0" }')).toMatchObject({
    code: 1,
    err: expect.stringContaining('documents no operation'),
  });
  expect(await run('Our company')).toMatchObject({ code: 1, err: expect.stringContaining('documents no operation') });
  expect(await run(page, '--format', 'xml')).toMatchObject({ code: 1, err: expect.stringContaining('--format xml') });
  expect(await run(page, 'another')).toMatchObject({ code: 1, err: expect.stringContaining('Specify one page') });
  expect(await run('openapi: 3.1.0\npaths: [')).toMatchObject({ code: 1, out: '' });
});

test('--patch prints only the patch, and --format json prints everything', async () => {
  const changed = edited(page, ['int32', 'int64']);
  expect((await run(changed, '--patch')).out).toMatch(/^--- a\/openapi\/associations\.yaml\n/);
  expect((await run(description(capture), '--patch')).out).toMatch(/^--- a\/openapi\/associations\.yaml\n/);
  expect(JSON.parse((await run(changed, '--format', 'json')).out)).toMatchObject({
    kind: 'page',
    verdict: 'differs',
    findings: [{ ruleId: 'format-changed', severity: 'breaking', direction: 'reply' }],
  });
});
