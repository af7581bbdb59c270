import { describe, expect, test } from '@jest/globals';
import { driftOfPage, NotAPageError, type PageDrift } from './drift-page.js';
import { edited, htmlPage, labels, type Language, markdownPage, project, textPage } from './test-support.js';

const page = textPage('en');
const languages = Object.keys(labels) as Language[];

function drift(source: string): Promise<PageDrift> {
  return driftOfPage(source, 'page', project);
}

function found({ findings, outsideContract }: PageDrift): string[] {
  return [...findings, ...outsideContract].map(
    ({ severity, direction, message }) => `${severity} ${direction} ${message}`,
  );
}

describe('a page with the same contract agrees with the spec', () => {
  test.each(languages.flatMap((language) => [textPage, htmlPage, markdownPage].map((form) => ({ language, form }))))(
    '$form.name in $language',
    async ({ language, form }) => {
      const result = await drift(form(language));
      expect(found(result)).toEqual([]);
      expect(result.notRead.map(({ part }) => part)).toEqual([]);
      expect(result).toMatchObject({ verdict: 'agrees', patch: '' });
    },
  );

  const json = (text: string): string => JSON.stringify(JSON.parse(text));
  test.each<[string, string]>([
    ['Windows line endings', page.replaceAll('\n', '\r\n')],
    ['empty lines between all lines', page.replaceAll('\n', '\n\n')],
    ['no empty lines', page.replaceAll(/\n\n+/g, '\n')],
    ['no indentation', page.replaceAll(/^ +/gm, '')],
    ['a reply on one line', page.replace(/^\{\n {2}"completedAt[^]*?^\}$/m, json)],
    [
      'different values in the samples',
      edited(page, ['"PENDING"', '"COMPLETE"'], ['"numErrors": 123', '"numErrors": 0']),
    ],
    ['different prose', edited(page, ['The end.', 'An object that contains a required string: status string.'])],
    ['reordered values', edited(page, ['PENDING,\nPROCESSING', 'PROCESSING,\nPENDING'])],
    ['surrounding navigation', `Home\nPOST\nArchive\nGET\nRead\n${page}\nNext\nWas this page helpful?`],
    [
      'the method and the path on one line',
      page.replace(
        /^POST[^]*?create\n/,
        'POST /crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create\n',
      ),
    ],
    ['unknown headings', edited(page, ['\nResponse\n', '\nWhat comes back\n'], ['\nBody\n', '\nWhat goes out\n'])],
  ])('also with %s', async (_, source) => {
    const result = await drift(source);
    expect(found(result)).toEqual([]);
    expect(result.verdict).toBe('agrees');
  });
});

describe('each change of a page is one finding with a class', () => {
  test.each<[string, string]>([
    [
      'breaking request method: POST becomes PUT',
      edited(page, ['POST\n', 'PUT\n'], ['--request POST', '--request PUT']),
    ],
    [
      'breaking request server: https://api.hubapi.com becomes https://api.example.com',
      edited(page, ['api.hubapi.com', 'api.example.com']),
    ],
    [
      'breaking request media type of the request: application/json becomes text/csv (line 20 of the page still has the old one)',
      edited(page, [/^application\/json$/m, 'text/csv']),
    ],
    ['breaking request authorization: bearer becomes basic', edited(page, ['Bearer', 'Basic'])],
    ['breaking reply success status: 201 becomes 202', edited(page, ['\nResponse\n', '\nResponse\n\n202\n'])],
    [
      'breaking request path parameter toObjectType: renamed to target',
      page.replaceAll(/toObjectType(?!Id)/g, 'target'),
    ],
    [
      'breaking request path parameter toObjectType: type string becomes integer',
      edited(page, ['toObjectType\nstring', 'toObjectType\ninteger']),
    ],
    [
      'compatible request query parameter trial: added (boolean, optional)',
      edited(page, ['\nBody\n', '\nQuery Parameters\n\ntrial\nboolean\n\nBody\n']),
    ],
    ['compatible request inputs: no longer marked as required', edited(page, ['object[]\nrequired', 'object[]'])],
    [
      'breaking reply results: no longer marked as required',
      edited(page, ['results\nobject[]\nrequired', 'results\nobject[]']),
    ],
    [
      'compatible reply errors: now marked as required',
      edited(page, ['errors\nobject[]', 'errors\nobject[]\nrequired']),
    ],
    [
      'breaking reply numErrors: type integer<int32> becomes string',
      edited(page, ['integer<int32>', 'string'], ['"numErrors": 123', '"numErrors": "<string>"']),
    ],
    ['breaking reply numErrors: format integer<int32> becomes integer<int64>', edited(page, ['int32', 'int64'])],
    ['potentially-breaking reply status: value QUEUED added', edited(page, ['PENDING,\n', 'PENDING,\nQUEUED,\n'])],
    ['compatible reply status: value COMPLETE removed', edited(page, ['COMPLETE,\n', ''])],
    [
      'compatible reply trace: member added (string, optional)',
      edited(
        page,
        ['"links": {},\n  "num', '"trace": "<string>",\n  "links": {},\n  "num'],
        ['errors\nobject[]', 'trace\nstring\nerrors\nobject[]'],
      ),
    ],
    [
      'breaking request mode: required member added (string, required)',
      edited(
        page,
        ['"inputs": [', '"mode": "<string>",\n  "inputs": ['],
        ['inputs\nobject[]', 'mode\nstring\nrequired\ninputs\nobject[]'],
      ),
    ],
    [
      'potentially-breaking request inputs[].types[].order: member added (integer, not marked)',
      edited(page, ['"associationTypeId": 123', '"associationTypeId": 123,\n "order": 1']),
    ],
    [
      'breaking request inputs[].types[].associationCategory: member removed (enum<string>, required)',
      edited(page, ['"associationCategory": "USER_DEFINED",', '']),
    ],
    [
      'compatible request inputs[].types[].associationCategory: value OTHER added',
      edited(page, ['USER_DEFINED', 'OTHER']),
    ],
    [
      'breaking reply results[].labels: type string[] becomes string',
      edited(page, [/"labels": \[\s*"<string>"\s*\]/, '"labels": "<string>"']),
    ],
    [
      'breaking reply errors[].errors[].code: member removed (string, optional)',
      edited(page, ['"code": "<string>",', '']),
    ],
    [
      'potentially-breaking reply numErrors: The sample lacks it, the list has it.',
      edited(page, ['  "numErrors": 123,\n', '']),
    ],
    [
      'potentially-breaking reply numErrors: The list has no entry for it, the sample has it.',
      edited(page, [/numErrors\ninteger<int32>\n\nA count.\n\n/, '']),
    ],
    [
      'compatible operation product Sales Hub: Free becomes Professional',
      edited(page, ['Sales Hub -Free', 'Sales Hub -Professional']),
    ],
    ['compatible operation last modified: 2026-03-30 becomes 2026-05-02', edited(page, ['March 30', 'May 2'])],
  ])('%s', async (expected, source) => {
    const result = await drift(source);
    expect(found(result)).toEqual([expected]);
    expect([...result.findings, ...result.outsideContract][0]).toMatchObject({
      oldPlace: { file: expect.stringMatching(/^openapi\//), line: expect.any(Number) },
      newPlace: { file: 'page', line: expect.any(Number) },
    });
    expect(result.verdict).toBe(expected.includes('operation') ? 'agrees' : 'differs');
  });

  test('findings have the lines of the page and of the spec', async () => {
    const source = edited(page, ['int32', 'int64']);
    const { findings } = await drift(source);
    expect(source.split('\n')[(findings[0]?.newPlace?.line ?? 0) - 1]).toBe('numErrors');
    expect(findings[0]?.pointer).toBe('responses/201 numErrors');
  });
});

describe('unread parts are listed, and count neither as agreement nor as removal', () => {
  test.each<[string, string, string[]]>([
    ['no command', page.replace(/^curl[^]*?^'$/m, ''), ['request sample']],
    ['no date', edited(page, [labels.en.modified, '']), ['last-modified date', 'reply list after requestedAt']],
    ['a heading without products', page.replaceAll(/^.* Hub.*\n/gm, ''), ['products']],
    [
      'no lists',
      page.slice(0, page.indexOf('Supported')),
      ['path parameters', 'body list', 'reply list', 'products', 'last-modified date'],
    ],
    [
      'a list cut off in a type',
      page.slice(0, page.indexOf('<date-time>', page.indexOf('startedAt\n'))),
      ['last-modified date', 'reply list after startedAt', 'type and required mark of startedAt'],
    ],
    [
      'a list cut off among values',
      page.slice(0, page.indexOf('PENDING,\n') + 8),
      ['last-modified date', 'reply list after status', 'values of status'],
    ],
    ['no required marks', page.replaceAll('required\n', ''), ['required marks']],
    [
      'an unknown word as a mark',
      edited(page, ['results\nobject[]\nrequired', 'results\nobject[]\nzorunlu']),
      ['required mark of results'],
    ],
    [
      'everything on one line',
      page.replaceAll(/\s+/g, ' '),
      ['path parameters', 'body list', 'reply list', 'products', 'last-modified date'],
    ],
    [
      'a reply whose items are unknown',
      edited(page, [/"results": \[[^]*?\n {2}\],/, '"results": ["<unknown>"],']),
      [
        'results[].fromObjectId, results[].fromObjectTypeId, results[].labels, results[].toObjectId, results[].toObjectTypeId',
      ],
    ],
    [
      'no samples',
      page.slice(0, page.indexOf('curl')) + page.slice(page.indexOf('Supported')),
      ['request sample', 'reply sample', 'inputs[].from', 'links'],
    ],
  ])('%s', async (_, source, parts) => {
    const result = await drift(source);
    expect(found(result)).toEqual([]);
    expect(result.verdict).toBe('agrees-in-part');
    const unread = result.notRead.map(({ part }) => part).join(', ');
    for (const part of parts) expect(unread).toContain(part);
  });

  test('for a page that agrees, the facts that no such page states are listed', async () => {
    expect((await drift(page)).notStated).toEqual(
      expect.arrayContaining(['the success status', 'all but one of the values of associationCategory']),
    );
  });
});

describe('a page is identified', () => {
  test('as describing another version, and is compared anyway', async () => {
    const result = await drift(
      edited(
        page.replaceAll('associations/2025-09', 'v4/associations'),
        [/associations\n\/\n2025-09/, 'v4\n/\nassociations'],
        ['int32', 'int64'],
      ),
    );
    expect(result).toMatchObject({ verdict: 'another-version', of: { version: 'v4' } });
    expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['path-changed', 'format-changed']);
  });

  test('as describing another operation, and its members are not compared', async () => {
    const source = page.replaceAll('batch/create', 'batch/read').replace('batch\n/\ncreate', 'batch\n/\nread');
    const result = await drift(edited(source, ['int32', 'int64']));
    expect(result).toMatchObject({ verdict: 'another-operation', patch: '' });
    expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['path-changed']);
  });

  test('as describing no operation, which is an error', async () => {
    await expect(drift('Our company\n\nWe make things.')).rejects.toThrow(NotAPageError);
  });
});
