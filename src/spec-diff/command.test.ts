import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runSpecDiff } from './command.js';
import type { Report } from './report.js';
import { sketch } from './test-support.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spec-diff-'));
  mkdirSync(join(folder, 'generated'));
  mkdirSync(join(folder, 'openapi'));
  write('package.json', { version: '0.3.1' });
  write('generated/openapi.json', withMembers('title'));
  write('old.json', withMembers('title', 'note'));
  write('same.json', withMembers('note', 'title'));
  write('new.json', withMembers('title', 'label'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const withMembers = (...names: string[]): unknown => {
  const Book = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
  return sketch({ reply: { $ref: '#/components/schemas/Book' }, components: { schemas: { Book } } });
};

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed: string[] = [];
  const errors: string[] = [];
  const code = await runSpecDiff(args, {
    folder,
    print: (text) => printed.push(text),
    printError: (text) => errors.push(text),
  });
  return { code, out: printed.join('\n'), err: errors.join('\n') };
}

async function report(...args: string[]): Promise<Report> {
  return JSON.parse((await run(...args, '--format', 'json')).out) as Report;
}

describe('exit codes', () => {
  test.each<[number, ...string[]]>([
    [0, 'old.json', 'same.json'],
    [0, 'old.json', 'same.json', '--fail-on', 'compatible'],
    [2, 'old.json', 'new.json'],
    [0, 'old.json', 'new.json', '--fail-on', 'never'],
    [0, 'generated/openapi.json', 'new.json'],
    [2, 'generated/openapi.json', 'new.json', '--fail-on', 'compatible'],
    [1, 'old.json'],
    [1, 'old.json', 'new.json', 'third.json'],
    [1, 'old.json', 'new.json', '--fail-on', 'sometimes'],
    [1, 'old.json', 'new.json', '--format', 'xml'],
    [1, 'old.json', 'new.json', '--colour'],
    [1, 'old.json', 'missing.json'],
    [1, 'old.json', 'package.json'],
    [1, 'old.json', 'new.json', '--approvals', 'missing.yaml'],
    [0, '--help'],
  ])('%d for %s %s %s %s', async (code, ...args) => {
    expect((await run(...args)).code).toBe(code);
  });
});

test('the text report has the verdict, values, lines, rule, fingerprint and generated code', async () => {
  const { out } = await run('old.json', 'new.json');

  expect(out).toMatch(
    /^1 breaking, 0 potentially breaking, 1 compatible .* requires a major version \(0\.3\.1 → 0\.4\.0\)/,
  );
  expect(out).toContain('responses/200 note: member removed (string)');
  expect(out).toMatch(/old old\.json:\d+, new new\.json:\d+/);
  expect(out).toMatch(/rule member-removed, fingerprint [0-9a-f]{12}/);
  expect(out).toContain('components["schemas"]["Book"], operations["lendBook"], createOperations().lendBook');
});

test('the Markdown report is a table with a row for each change', async () => {
  const { out } = await run('old.json', 'new.json', '--format', 'markdown');

  expect(out.split('\n').filter((line) => /^\| (breaking|compatible) \|/.test(line))).toHaveLength(2);
  expect(out).toMatch(/^## 1 breaking/);
});

test('an approved change is counted but does not fail the command, and unused approvals are reported', async () => {
  const [finding] = (await report('old.json', 'new.json')).findings;
  const approval = `  - fingerprint: '${String(finding?.fingerprint)}'\n    reason: Nobody reads notes.\n`;
  write('openapi/approvals.yaml', `approvals:\n${approval}  - fingerprint: '000000000000'\n    reason: Long gone.\n`);

  const judged = await report('old.json', 'new.json');
  expect(judged).toMatchObject({ approved: 1, versionStep: 'major' });
  expect(judged.findings[0]?.approval).toMatchObject({
    reason: 'Nobody reads notes.',
    place: 'openapi/approvals.yaml:2',
  });
  expect(judged.unusedApprovals).toMatchObject([{ fingerprint: '000000000000', place: 'openapi/approvals.yaml:4' }]);
  expect(await run('old.json', 'new.json')).toMatchObject({ code: 0 });
  expect((await run('old.json', 'new.json')).out).toContain(
    'openapi/approvals.yaml:4: approval 000000000000 matches no change',
  );
});

test.each([
  ['approvals:\n  - fingerprint: 0123456789ab\n', /^openapi\/approvals\.yaml:2: needs a reason/],
  ['approvals:\n  - reason: Because.\n', /^openapi\/approvals\.yaml:2: needs a fingerprint/],
  ['- fingerprint: 0123456789ab\n', /^openapi\/approvals\.yaml:1: needs a list "approvals"/],
  ['approvals: [', /^openapi\/approvals\.yaml:1: /],
])('invalid approvals are an error: %j', async (text, message) => {
  write('openapi/approvals.yaml', text);
  const { code, err } = await run('old.json', 'new.json');

  expect(code).toBe(1);
  expect(err).toMatch(message);
});

test('a revision selects its generated description, and REV:path any of its files', async () => {
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
  };
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'One');
  write('generated/openapi.json', withMembers('label'));

  const judged = await report('HEAD', 'generated/openapi.json');
  expect(judged.findings.map(({ ruleId }) => ruleId)).toEqual(['member-removed', 'member-added']);
  expect(judged.findings[0]?.oldPlace).toMatchObject({ file: 'HEAD:generated/openapi.json' });
  expect((await report('HEAD:old.json', 'old.json')).findings).toEqual([]);
  expect((await run('HEAD~7', 'old.json')).err).toMatch(/^HEAD~7: is not a file, and git cannot show/);
});

test('a description can be downloaded, and a server that returns none is an error', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/openapi.json' ? 200 : 404).end(JSON.stringify(withMembers('title', 'note')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    expect((await report('old.json', `${url}/openapi.json`)).findings).toEqual([]);
    expect((await run('old.json', `${url}/other`)).err).toMatch(/returned status 404/);
  } finally {
    server.close();
  }
  expect((await run('old.json', `${url}/openapi.json`)).err).toMatch(/could not be downloaded/);
});
