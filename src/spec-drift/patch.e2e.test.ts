import { expect, test } from '@jest/globals';
import { driftOfPage } from './drift-page.js';
import { edited, textPage, useSpecCopy } from './test-support.js';

const spec = useSpecCopy();
const page = textPage('es');

test.each<[string, string]>([
  [
    'a page in which everything has changed',
    edited(
      page.replaceAll(/toObjectType(?!Id)/g, 'target').replaceAll('2025-09', '2026-09'),
      ['POST\n', 'PUT\n'],
      ['--request POST', '--request PUT'],
      ['api.hubapi.com', 'api.example.com'],
      ['\nRespuesta\n', '\nRespuesta 202\n'],
      ['\nCuerpo\n', '\nParámetros de consulta\n\ntrial\nboolean\n\nCuerpo\n'],
      ['"inputs": [', '"mode": "<string>",\n  "inputs": ['],
      ['inputs\nobject[]', 'mode\nstring\nobligatorio\ninputs\nobject[]'],
      ['"associationTypeId": 123', '"associationTypeId": "<string>"'],
      ['"fromObjectTypeId": "<string>"', '"origin": { "record": { "id": "<string>" }, "step": 1 }'],
      ['results\nobject[]\nobligatorio', 'results\nobject[]'],
      ['PENDING,\n', 'QUEUED,\n'],
      ['int32', 'int64'],
      ['      "subCategory": {}', '      "retry": {}'],
      ['Sales Hub -Gratuito', 'Sales Hub -Enterprise'],
      ['Content HubContent Hub -Gratuito\n', ''],
      ['30 de marzo', '2 de mayo'],
    ),
  ],
  ['a member renamed in one of two uses of a schema', edited(page, ['"id": "<string>"', '"key": "<string>"'])],
  [
    'a page that contradicts itself',
    edited(
      page,
      ['int32>', 'int64>'],
      ['"numErrors": 123', '"numErrors": "<string>"'],
      ['POST\n', 'PATCH\n'],
      ['errors\nobject[]', 'trace\nstring\nerrors\nobject[]'],
    ),
  ],
])('after the patch and npm run generate, the spec agrees with %s', async (_, changed) => {
  spec.apply((await driftOfPage(changed, 'page', spec.root)).patch);
  spec.generate();
  const again = await driftOfPage(changed, 'page', spec.root);
  expect(again.findings.map(({ message }) => message)).toEqual([]);
  expect(again).toMatchObject({ verdict: 'agrees', outsideContract: [], patch: '' });
});
