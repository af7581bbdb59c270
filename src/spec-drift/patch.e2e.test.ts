import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { driftOfPage } from './drift-page.js';
import { edited, project, textPage } from './test-support.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spec-drift-'));
  cpSync(join(project, 'openapi'), join(root, 'openapi'), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Applies the patch for a page, then runs the generator on the edited spec. */
async function applyPatch(page: string): Promise<void> {
  const { patch } = await driftOfPage(page, 'page', root);
  writeFileSync(join(root, 'page.patch'), patch);
  run('git', ['apply', 'page.patch'], root);
  run(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--root', root], project);
}

function run(command: string, args: string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 240_000 });
  expect({ command: args.slice(0, 3), status, stderr: status === 0 ? '' : stderr }).toMatchObject({
    status: 0,
    stderr: '',
  });
}

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
  await applyPatch(changed);
  const again = await driftOfPage(changed, 'page', root);
  expect(again.findings.map(({ message }) => message)).toEqual([]);
  expect(again).toMatchObject({ verdict: 'agrees', outsideContract: [], patch: '' });
});
