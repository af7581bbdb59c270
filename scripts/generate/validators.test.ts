import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatNames } from 'ajv-formats/dist/formats.js';
import { isSpec } from './spec.js';
import { generateValidators } from './validators.js';

type Schemas = Readonly<Record<string, unknown>>;
type Validators = Readonly<Record<string, (value: unknown) => boolean>>;

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validators-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true }));

async function validatorsFor(schemas: Schemas): Promise<Validators> {
  const spec: unknown = { openapi: '3.1.1', info: { title: 'Test', version: '1' }, paths: {}, components: { schemas } };
  if (!isSpec(spec)) throw new Error('This is not an OpenAPI description.');
  count += 1;
  const file = join(folder, `validators-${String(count)}.js`);
  await writeFile(file, (await generateValidators(spec)).code);
  return ((await import(pathToFileURL(file).href)) as { schemas: Validators }).schemas;
}

describe('a validator', () => {
  test('checks a member that is named like a keyword', async () => {
    const { Note } = await validatorsFor({
      Note: { type: 'object', properties: { description: { type: 'string', description: 'The text.' } } },
    });
    expect([Note?.({ description: 'text' }), Note?.({ description: 1 })]).toEqual([true, false]);
  });

  test('compares with a value whose members are named like keywords', async () => {
    const { Fixed } = await validatorsFor({ Fixed: { const: { title: 'a', 'x-mark': 1 } } });
    expect([Fixed?.({ title: 'a', 'x-mark': 1 }), Fixed?.({})]).toEqual([true, false]);
  });

  test('applies unevaluatedProperties across allOf', async () => {
    const named = { type: 'object', properties: { name: { type: 'string' } } };
    const { Closed } = await validatorsFor({
      Named: named,
      Closed: { type: 'object', allOf: [{ $ref: '#/components/schemas/Named' }], unevaluatedProperties: false },
    });
    expect([Closed?.({ name: 'a' }), Closed?.({ name: 'a', more: 1 })]).toEqual([true, false]);
  });

  test('is shared by schemas that differ only in annotations', async () => {
    const { One, Other, Third } = await validatorsFor({
      One: { type: 'string', description: 'One.' },
      Other: { type: 'string', title: 'Other', 'x-order': 2 },
      Third: { type: 'integer' },
    });
    expect(One).toBe(Other);
    expect(One).not.toBe(Third);
  });
});

describe('a format', () => {
  const unconstrained = ['int64', 'float', 'double', 'password', 'binary'];

  test.each(formatNames.filter((name) => !unconstrained.includes(name)))('%s is checked', async (format) => {
    const { Text } = await validatorsFor({ Text: { type: format === 'int32' ? 'number' : 'string', format } });
    expect(Text?.(format === 'int32' ? 2 ** 31 : '\\ (#~')).toBe(false);
  });

  test.each(unconstrained)('%s is accepted and constrains nothing', async (format) => {
    const type = ['password', 'binary'].includes(format) ? 'string' : 'number';
    const { Value } = await validatorsFor({ Value: { type, format } });
    expect([Value?.(type === 'string' ? '' : 1), Value?.(undefined)]).toEqual([true, false]);
  });
});
