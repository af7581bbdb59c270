import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { document as realDocument } from '../judges/product.js';
import { runNode } from '../project/run-node.js';
import { annotationsOf } from './annotations.js';
import { readRecords } from './records.js';
import { document, exchange, items, sampleReport, token } from './sample-report.js';
import { terminalText } from './terminal.js';
import { summaryOf, verdictOf } from './verdict.js';
import { writeReport } from './write-report.js';

const project = join(import.meta.dirname, '..', '..');
const allPassed = Object.values(items).map(({ id }) => ({ itemId: id, test: 'a test', passed: true, durationMs: 1 }));
const broken = { suite: 'src/a.test.ts', name: 'a test of its own', durationMs: 1_500, failure: 'It broke.' };

describe('the verdict', () => {
  test('a coverage item that no test exercised fails a complete run, but not a partial one', () => {
    const observations = allPassed.slice(1);
    expect(verdictOf(sampleReport({ observations, complete: true })).passed).toBe(false);
    expect(verdictOf(sampleReport({ observations, complete: false })).passed).toBe(true);
    expect(verdictOf(sampleReport({ observations: allPassed })).passed).toBe(true);
  });

  test('a coverage item that failed in one of its tests fails', () => {
    const failure = { itemId: items.name.id, test: 'another test', passed: false, durationMs: 1 };
    const verdict = verdictOf(sampleReport({ observations: [...allPassed, failure], complete: false }));
    expect(verdict).toMatchObject({ passed: false, failed: [{ id: items.name.id }] });
  });

  test('a spec without coverage items does not pass', () => {
    expect(verdictOf(sampleReport({ items: [], observations: [] })).passed).toBe(false);
  });

  test('another failed test fails the run, and a test of a coverage item is reported there', () => {
    const report = sampleReport({ observations: allPassed, otherTests: [broken] });
    expect(verdictOf(report).passed).toBe(false);
    expect(summaryOf(report)).toBe('5 of 5 coverage items exercised, 0 failed, 1 other test failed');
    expect(sampleReport({ otherTests: [{ ...broken, name: 'a name of 1 is refused' }] }).otherTests).toEqual([]);
  });

  test('an observation of an unknown coverage item is a failure', () => {
    const observations = [...allPassed, { itemId: 'of another spec', test: 'a test', passed: true, durationMs: 1 }];
    expect(verdictOf(sampleReport({ observations })).passed).toBe(false);
  });
});

describe('the report of a failure', () => {
  test('in the terminal, it has the request with its mistakes marked, the reply, the pointer and one line of totals', () => {
    const text = terminalText(sampleReport(), 'dist/contract/report.html');
    const expected = ['> POST http://127.0.0.1/widgets', '"size": 1   ← must be a string', '< 400', items.type.pointer];
    for (const part of expected) expect(text).toContain(part);
    expect(text.split('\n').at(-1)).toBe(
      '✗ contract: 4 of 5 coverage items exercised, 1 failed; dist/contract/report.html',
    );
    expect(text).not.toContain(token);
  });

  test('in a workflow command, it has the line of the capture, and its text is escaped', async () => {
    const pointer = '/components/schemas/PublicObjectId/properties/id/type';
    const item = { ...items.type, pointer };
    const failure = 'half of it:\n100 %, ::error::no';
    const observations = [{ itemId: item.id, test: 'a test', passed: false, durationMs: 1, failure }];
    const [command = ''] = annotationsOf(sampleReport({ document: realDocument, items: [item], observations }));
    const [, line = '', rest = ''] = /^::error file=openapi\/associations.yaml,line=(\d+),(.*)$/.exec(command) ?? [];
    const capture = await readFile(join(project, 'openapi', 'associations.yaml'), 'utf8');
    expect(capture.split('\n')[Number(line) - 1]?.trim()).toBe('type: string');
    expect(rest).toBe(`title=createWidget%3A name must be a string::${pointer}%0Ahalf of it:%0A100 %25, ::error::no`);
  });
});

describe('the token', () => {
  test('is in no part of an observation, even if a server echoes it', () => {
    const seen = { itemId: items.name.id, test: 'a test', passed: false, durationMs: 1, failure: `received ${token}` };
    expect(JSON.stringify(sampleReport({ observations: [{ ...seen, exchange }] }))).not.toContain(token);
    expect(JSON.stringify(sampleReport({ observations: [seen], secrets: [token] }))).not.toContain(token);
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('the records of every process are read, and an invalid one is an error with its file and line', async () => {
    for (const name of ['1.ndjson', '2.ndjson']) {
      await appendFile(join(folder, name), `${JSON.stringify(allPassed[0])}\n`);
    }
    expect(await readRecords(folder)).toHaveLength(2);
    await appendFile(join(folder, '2.ndjson'), '{"itemId":"torn');
    await expect(readRecords(folder)).rejects.toThrow('2.ndjson:2 is not an observation');
  });

  test('runs that end at the same time leave the complete report of one of them, and nothing else', async () => {
    const target = join(folder, 'contract');
    const seeds = ['the first run', 'the second run', 'the third run'];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(seeds.map((name) => writeReport(sampleReport({ target: name }), document, target)));
    }
    const json = JSON.parse(await readFile(join(target, 'report.json'), 'utf8')) as { target: string };
    expect(seeds).toContain(json.target);
    expect(await readFile(join(target, 'report.html'), 'utf8')).toContain(`<dd>${json.target}</dd>`);
    expect(await readdir(folder)).toEqual(['contract']);
  });

  test('JUnit has the time of each test, and the tests and checks without a coverage item', async () => {
    const report = sampleReport({ otherTests: [broken, { suite: 'checks', name: 'lint: code', durationMs: 2_000 }] });
    await writeReport(report, document, join(folder, 'contract'));
    const text = await readFile(join(folder, 'contract', 'junit.xml'), 'utf8');
    expect(text).toContain('<testcase classname="checks" name="lint: code" time="2.000"></testcase>');
    expect(text).toMatch(/<testcase classname="src\/a.test.ts" name="a test of its own" time="1.500"><failure/);
    expect(text).toMatch(/name="name is required [^>]* time="0.500" file="openapi\/associations.yaml" line="\d+"/);
    expect(text).toContain('<testsuites name="Widgets" tests="7" failures="3" errors="0" skipped="0" time="4.750"');
  });

  test.each([
    ['a name', ['--testPathPatterns', 'report/page', '-t', 'nosuch']],
    ['a path', ['nosuch']],
  ])('a filter for %s that matches nothing fails with a message', async (_, filter) => {
    const args = ['--import', 'tsx', join('contract-tests', 'main.ts'), ...filter, `--output=${folder}/contract`];
    const { exitCode, output } = await runNode(args, project);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringMatching(/No tests? (matches|found)/) });
    expect(output).toContain('✗ contract: 0 of');
  });
});
