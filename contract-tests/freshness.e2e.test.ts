import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSpec } from '../scripts/generate/read-spec.js';
import { createScratchProject, type ScratchProject } from './project/scratch-project.js';

let scratch: ScratchProject;
beforeEach(async () => {
  scratch = await createScratchProject();
});
afterEach(() => scratch.remove());

describe('generated/ is up to date with the spec', () => {
  test('generating again in another folder writes the committed files byte for byte', async () => {
    const committed = await scratch.generated();
    expect((await scratch.generate()).exitCode).toBe(0);
    expect(await scratch.generated()).toEqual(committed);
  });

  test('the check names the stale files after a change of the spec, and writes nothing', async () => {
    const before = await scratch.generated();
    await scratch.edit('associations.yaml', '[HUBSPOT_DEFINED, INTEGRATOR_DEFINED,', '[HUBSPOT_DEFINED,');
    const { exitCode, output } = await scratch.generate('--check');
    expect(exitCode).toBe(1);
    for (const file of ['openapi.json', 'schema.ts', 'validators.js', 'manifest.json']) {
      expect(output).toContain(`generated/${file} is out of date`);
    }
    expect(output).toContain('npm run generate');
    expect(await scratch.generated()).toEqual(before);
  });

  test('a change of prose makes only files that contain the prose stale', async () => {
    await scratch.edit('associations.yaml', 'description: A CRM record.', 'description: A record of the CRM.');
    const { output } = await scratch.generate('--check');
    expect(output).toContain('generated/schema.ts');
    expect(output).not.toContain('generated/validators.js');
  });
});

describe('a fact about the whole API', () => {
  test('is stated at the root of the spec and generated once', async () => {
    await scratch.edit('hubspot.overlay.yaml', '{ id: 279, from: contact, to: company }', '{ id: 7, from: a, to: b }');
    await scratch.edit('hubspot.overlay.yaml', 'x-hubspot-allowances:', 'x-some-allowances:');
    expect(await scratch.generate()).toMatchObject({ exitCode: 0 });
    const files = await scratch.generated();
    expect(files['api-facts.ts']).toContain('{"id":7,"from":"a","to":"b"}');
    expect(files['api-facts.ts']).toContain('export const someAllowances = [');
    expect(files['client.ts']).not.toContain('requestsPerDay');
  });
});

describe('the generated validators', () => {
  test('have no imports, so they run where no package is installed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'validators-'));
    try {
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      await writeFile(join(folder, 'validators.js'), (await scratch.generated())['validators.js'] ?? '');
      const script = `import('./validators.js').then(({ schemas }) => console.log(schemas.PublicObjectId({ id: 1 })))`;
      expect(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })).toBe('false\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('an invalid spec', () => {
  test.each([
    ['broken YAML', 'associations.yaml', 'required: [inputs]', 'required: [inputs', /openapi\/associations\.yaml.*\d/],
    [
      'an unknown reference',
      'associations.yaml',
      'schemas/PublicObjectId',
      'schemas/Nobody',
      /openapi\/associations\.yaml:\d+: .*ref/,
    ],
    [
      'a wrong structure',
      'associations.yaml',
      'operationId: batch',
      'operationID: batch',
      /openapi\/associations\.yaml:\d+: .*operationI/,
    ],
    [
      'an undefined path parameter',
      'associations.yaml',
      '{toObjectType}/batch',
      '{toType}/batch',
      /openapi\/associations\.yaml:\d+: .*toType/,
    ],
    [
      'an action without a target',
      'observed.overlay.yaml',
      'schemas.StandardError.required[',
      'schemas.Nobody.required[',
      /openapi\/observed\.overlay\.yaml:\d+: .*Nobody/,
    ],
    [
      'an unsupported keyword',
      'associations.yaml',
      "          description: The record's id.\n          type: string",
      "          description: The record's id.\n          type: string\n          if: { const: '1' }",
      /openapi\/associations\.yaml:\d+: if: TypeScript cannot express conditional schemas; use oneOf\./,
    ],
    [
      'an unsupported keyword in an overlay',
      'observed.overlay.yaml',
      '      type: [string, object]',
      '      type: [string, object]\n      prefixItems: []',
      /openapi\/observed\.overlay\.yaml:\d+: prefixItems: items that differ by position/,
    ],
    [
      'a reference to the network, which is never followed',
      'associations.yaml',
      "$ref: '#/components/schemas/PublicObjectId'",
      "$ref: 'https://api.example.invalid/id.json'",
      /openapi\/associations\.yaml:\d+: \$ref: generation does not read other files or the network/,
    ],
    [
      'a reference to another file in an overlay',
      'observed.overlay.yaml',
      '      type: [string, object]',
      "      $ref: './other.yaml'",
      /openapi\/observed\.overlay\.yaml:\d+: \$ref: generation does not read other files or the network/,
    ],
    [
      'an overlay without a list of actions',
      'hubspot.overlay.yaml',
      'actions:',
      'deeds:',
      /openapi\/hubspot\.overlay\.yaml/,
    ],
    [
      'an overlay that makes the spec invalid',
      'observed.overlay.yaml',
      'inputs: 2000',
      'inputs: 2000\n      requestBody: 7',
      /generated\/openapi\.json:\d+: .*RequestBody/,
    ],
  ])('with %s is refused, with file, line and reason', async (_, file, from, to, message) => {
    await scratch.edit(file, from, to);
    await expect(readSpec(scratch.folder)).rejects.toThrow(message);
  });

  test('stops generation and leaves generated/ unchanged', async () => {
    const before = await scratch.generated();
    const [from, to] = ['format: int32', 'maximun: 7'].map((line) => `type: integer\n          ${line}\n\n    Batch`);
    await scratch.edit('associations.yaml', from ?? '', to ?? '');
    const { exitCode, output } = await scratch.generate();
    expect(exitCode).toBe(1);
    expect(output).toMatch(/openapi\/associations\.yaml:\d+: .*maximun/);
    expect(output).toContain('generated/ was not changed');
    expect(output).not.toMatch(/^ {4}at /m);
    expect(await scratch.generated()).toEqual(before);
  });
});

describe('a schema that has no valid value', () => {
  test('is refused where it stands in the capture', async () => {
    await scratch.edit(
      'associations.yaml',
      '  schemas:\n',
      '  schemas:\n    Odd: { type: integer, minimum: 5, maximum: 2 }\n',
    );
    const { exitCode, output } = await scratch.generate('--check');
    expect(exitCode).toBe(1);
    expect(output).toMatch(/openapi\/associations\.yaml:\d+: minimum: together with maximum, it allows no value/);
  });
});

describe('a new operation in the spec', () => {
  test('becomes callable without hand-written code', async () => {
    const operation = `paths:
  /crm/associations/2025-09/{fromObjectType}/{toObjectType}/labels:
    get:
      operationId: listLabels
      summary: List labels
      parameters:
        - $ref: '#/components/parameters/fromObjectType'
        - $ref: '#/components/parameters/toObjectType'
      responses:
        '200':
          description: The labels.
          content: { application/json: { schema: { type: object, required: [results], properties: { results: { type: array, items: { type: string } } } } } }
`;
    await scratch.edit('associations.yaml', 'paths:\n', operation);
    expect(await scratch.generate()).toMatchObject({ exitCode: 0 });

    const generated = (file: string): string => pathToFileURL(join(scratch.folder, 'generated', file)).href;
    const { createOperations } = (await import(generated('client.ts'))) as {
      createOperations: (options: object) => Record<string, (init: object) => Promise<{ data: unknown }>>;
    };
    let requested = '';
    const operations = createOperations({
      fetch: (request: Request) => {
        requested = `${request.method} ${request.url}`;
        return Promise.resolve(Response.json({ results: ['Primary'] }));
      },
    });
    const path = { fromObjectType: 'contacts', toObjectType: 'companies' };
    expect(await operations['listLabels']?.({ params: { path } })).toMatchObject({ data: { results: ['Primary'] } });
    expect(requested).toBe('GET https://api.hubapi.com/crm/associations/2025-09/contacts/companies/labels');

    const { responses } = (await import(generated('validators.js'))) as {
      responses: Record<string, Record<string, (body: unknown) => boolean>>;
    };
    expect(responses['listLabels']?.['200']?.({ results: [1] })).toBe(false);
  });
});
