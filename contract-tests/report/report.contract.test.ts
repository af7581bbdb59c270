import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { annotationsOf } from './annotations.js';
import { readRecords } from './records.js';
import { items, document, exchange, sampleReport, token } from './sample-report.js';
import { terminalText } from './terminal.js';
import { verdictOf } from './verdict.js';
import { writeReport } from './write-report.js';

const allPassed = Object.values(items).map(({ id }) => ({ itemId: id, test: 'a test', passed: true }));

describe('the verdict', () => {
  test('a coverage item that no test exercised fails the whole suite, and not a part of it', () => {
    const observations = allPassed.slice(1);
    expect(verdictOf(sampleReport({ observations, complete: true })).passed).toBe(false);
    expect(verdictOf(sampleReport({ observations, complete: false })).passed).toBe(true);
    expect(verdictOf(sampleReport({ observations: allPassed })).passed).toBe(true);
  });

  test('a coverage item that failed in one of its tests fails', () => {
    const failure = { itemId: items.name.id, test: 'another test', passed: false };
    const verdict = verdictOf(sampleReport({ observations: [...allPassed, failure], complete: false }));
    expect(verdict).toMatchObject({ passed: false, failed: [{ id: items.name.id }] });
  });

  test('a spec without coverage items does not pass', () => {
    expect(verdictOf(sampleReport({ items: [], observations: [] })).passed).toBe(false);
  });

  test('a test that failed at no coverage item fails, and one that failed at a coverage item is told there', () => {
    const failedTests = [{ test: 'a test of its own', failure: 'It broke.' }];
    expect(verdictOf(sampleReport({ observations: allPassed, failedTests })).passed).toBe(false);
    const told = [{ test: 'a name of 1 is refused', failure: 'the same again' }];
    expect(sampleReport({ failedTests: told }).otherFailures).toEqual([]);
  });

  test('an observation of a coverage item that the spec does not have is a failure', () => {
    const observations = [...allPassed, { itemId: 'of another spec', test: 'a test', passed: true }];
    expect(verdictOf(sampleReport({ observations })).passed).toBe(false);
  });
});

describe('what is told of a failure', () => {
  test('the terminal has the request, the reply, the pointer and the line, and one line of totals at the end', () => {
    const text = terminalText(sampleReport(), 'dist/contract/report.html');
    const { pointer, line } = items.type;
    for (const part of [
      pointer,
      `generated/openapi.json:${String(line)}`,
      '> POST http://127.0.0.1/widgets',
      '< 400',
    ]) {
      expect(text).toContain(part);
    }
    expect(text.split('\n').at(-1)).toBe(
      '✗ contract: 4 of 5 places of the spec exercised, 1 failure; dist/contract/report.html',
    );
    expect(text).not.toContain(token);
  });

  test('a workflow command marks the line of the spec, whatever the failure says', () => {
    const failure = 'half of it:\n100 %, ::error::no';
    const observations = [...allPassed, { itemId: items.name.id, test: 'a test', passed: false, failure }];
    expect(annotationsOf(sampleReport({ observations }))).toEqual([
      `::error file=generated/openapi.json,line=${String(items.name.line)},` +
        `title=createWidget%3A name is required::${items.name.pointer}%0Ahalf of it:%0A100 %25, ::error::no`,
    ]);
  });
});

describe('the token', () => {
  test('is in no part of an observation, wherever a server repeats it', () => {
    const failure = `received ${token}`;
    const observations = [{ itemId: items.name.id, test: 'a test', passed: false, failure, exchange }];
    expect(JSON.stringify(sampleReport({ observations }))).not.toContain(token);
    const withoutExchange = [{ itemId: items.name.id, test: 'a test', passed: false, failure }];
    expect(JSON.stringify(sampleReport({ observations: withoutExchange, secrets: [token] }))).not.toContain(token);
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('the records of every process are read, and one that cannot be read is named', async () => {
    for (const name of ['1.ndjson', '2.ndjson']) {
      await appendFile(join(folder, name), `${JSON.stringify(allPassed[0])}\n`);
    }
    expect(await readRecords(folder)).toHaveLength(2);
    await appendFile(join(folder, '2.ndjson'), '{"itemId":"torn');
    await expect(readRecords(folder)).rejects.toThrow('2.ndjson:2 is no observation');
  });

  test('runs that end at once leave the whole report of one of them, and nothing besides', async () => {
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
});
