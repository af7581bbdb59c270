import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { driftOfDescription } from './drift-description.js';
import { project, useSpecCopy } from './test-support.js';

const spec = useSpecCopy();

interface Schema {
  properties: Record<string, Record<string, unknown>>;
  required: string[];
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Operation {
  parameters: unknown[];
  responses: Record<string, unknown>;
}

const path = '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create';
const capture = readFileSync(join(project, 'openapi', 'associations.yaml'), 'utf8');

/** A description that HubSpot could publish: ours with some changes. */
function published(change: (description: Description) => void): { name: string; text: string } {
  const description = parse(capture, { merge: true }) as Description;
  change(description);
  return { name: 'published.json', text: JSON.stringify(description, null, 2) };
}

function schema(description: Description, name: string): Schema {
  const found = description.components.schemas[name];
  if (found === undefined) throw new Error(`The description has no schema ${name}.`);
  return found;
}

function operation(description: Description): Operation {
  const found = description.paths[path]?.['post'];
  if (found === undefined) throw new Error('The description does not have the operation.');
  return found;
}

const newRequestMembers = (description: Description): void => {
  const pair = schema(description, 'PublicAssociationMultiPost');
  pair.properties['note'] = { type: 'string' };
  pair.properties['origin'] = {
    type: 'object',
    required: ['step'],
    properties: { step: { type: 'integer', format: 'int64' }, kinds: { type: 'array', items: { type: 'string' } } },
  };
  pair.required.push('origin');
};

test.each<[string, (description: Description) => void]>([
  [
    'changed members',
    (description) => {
      newRequestMembers(description);
      const type = schema(description, 'AssociationSpec').properties;
      type['associationCategory'] = { type: 'string', enum: ['HUBSPOT_DEFINED', 'USER_DEFINED', 'PARTNER_DEFINED'] };
      type['associationTypeId'] = { type: 'integer', format: 'int64' };
      const label = schema(description, 'LabelsBetweenObjectPair');
      label.properties['score'] = { type: 'number', format: 'double' };
      label.required = label.required.filter((name) => name !== 'labels');
      delete label.properties['toObjectTypeId'];
      label.required = label.required.filter((name) => name !== 'toObjectTypeId');
      const detail = schema(description, 'StandardError');
      detail.properties['status'] = { type: 'integer' };
      detail.required.push('id');
      for (const name of ['BatchResponseLabelsBetweenObjectPair', 'BatchResponseLabelsBetweenObjectPairWithErrors']) {
        const reply = schema(description, name);
        reply.properties = {
          ...reply.properties,
          status: { type: 'string', enum: ['COMPLETE', 'PENDING', 'QUEUED'] },
          traceId: { type: 'string', format: 'uuid' },
        };
        delete reply.properties['links'];
      }
    },
  ],
  [
    'an operation with another path and method',
    (description) => {
      const { responses, parameters, ...rest } = operation(description);
      const { '201': created, ...others } = responses;
      const trial = { name: 'trial', in: 'query', schema: { type: 'boolean' } };
      description.paths = {
        [path.replace('2025-09', '2026-09')]: {
          put: { ...rest, parameters: [...parameters, trial], responses: { '200': created, ...others } },
        },
      };
    },
  ],
])('after the patch and npm run generate, the spec agrees with a description that has %s', async (_, change) => {
  const source = published(change);
  const { findings, patch } = await driftOfDescription(source, spec.root);
  expect(findings).not.toEqual([]);
  spec.apply(patch);
  spec.generate();
  const again = await driftOfDescription(source, spec.root);
  expect(again.findings.map(({ message }) => message)).toEqual([]);
  expect(again.patch).toBe('');
  expect(readFileSync(join(spec.root, 'openapi', 'provenance.yaml'), 'utf8')).toContain('place: published description');
});

test('an accepted difference is listed but not edited', async () => {
  const source = published((description) => {
    schema(description, 'ErrorDetail').properties['hint'] = { type: 'string' };
    schema(description, 'PublicObjectId').properties['hint'] = { type: 'string' };
  });
  const drift = await driftOfDescription(source, spec.root, ({ direction }) => direction === 'request');
  expect(drift.findings.map(({ direction }) => direction)).toEqual(expect.arrayContaining(['request', 'reply']));
  expect(drift.patch).toContain('hint');
  spec.apply(drift.patch);
  const left = await driftOfDescription(source, spec.root);
  expect(new Set(left.findings.map(({ direction }) => direction))).toEqual(new Set(['request']));
});
