import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allChecks, checksOf } from './checks/all-checks.js';
import { runCheck } from './checks/run-check.js';
import { startPrismInProcess } from './judges/prism-in-process.js';
import { generatedSources, createProductBuilder, type ProductBuilder } from './mutation/build-product.js';
import { createScratchProject, type ScratchProject } from './project/scratch-project.js';
import { factsOfCapture } from './provenance/capture-facts.js';
import { readOpenapi } from './provenance/read-openapi.js';
import { statedFacts, withoutSource } from './provenance/stated-facts.js';
import { unexplained } from './provenance/unexplained.js';
import { objectOf, operationsOf, type JsonObject } from '../src/openapi/index.js';

// To add the sibling operation `batch/archive`, edit only two files: the capture and its provenance.

const path = `  /crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/archive:
    post:
      operationId: batchArchiveAssociations
      tags: [Batch]
      summary: Remove associations in a batch
      description: Removes every association between the records of each pair.
      parameters:
        - $ref: '#/components/parameters/fromObjectType'
        - $ref: '#/components/parameters/toObjectType'
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/BatchInputPublicAssociationMultiArchive' }
            examples: { one: { value: { inputs: [{ from: { id: '37295' }, to: [{ id: '1439' }] }] } } }
      responses:
        '200':
          description: Every association has been removed.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/BatchResponse' }
              examples:
                removed:
                  value:
                    status: COMPLETE
                    startedAt: '2026-03-30T09:15:02.118Z'
                    completedAt: '2026-03-30T09:15:02.871Z'
                    results: []
        default:
          description: Nothing has been removed.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Error' }
              examples:
                refused:
                  value:
                    category: VALIDATION_ERROR
                    correlationId: 5f1c3e0a-8f0b-4f57-9e0c-27a5a4d1b7c2
                    message: One or more ids are not valid
`;

const schemas = `    BatchInputPublicAssociationMultiArchive:
      description: The request body of a batch.
      type: object
      required: [inputs]
      properties:
        inputs: { description: The pairs., type: array, items: { $ref: '#/components/schemas/PublicAssociationMultiArchive' } }

    PublicAssociationMultiArchive:
      description: A record, and the records to remove its associations with.
      type: object
      required: [from, to]
      properties:
        from: { $ref: '#/components/schemas/PublicObjectId' }
        to: { description: The other records., type: array, items: { $ref: '#/components/schemas/PublicObjectId' } }

    BatchResponse:
      description: The reply to a batch without results of its own.
      type: object
      required: *batchResponseRequired
      properties:
        completedAt: { description: When the batch ended., type: string, format: date-time }
        startedAt: { description: When the batch began., type: string, format: date-time }
        status: { description: The status of the batch., type: string, enum: [CANCELED, COMPLETE, PENDING, PROCESSING] }
        results: { description: Not documented., type: array, items: { type: object } }
        numErrors: { description: The number of errors., type: integer, format: int32 }
`;

const operation = `  batchArchiveAssociations:
    facts:
      method: { says: post, place: heading }
      path: { says: '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/archive', place: heading }
      tags: { says: [Batch], reason: They group operations for readers. }
    requestBody:
      schema: BatchInputPublicAssociationMultiArchive
      required: true
      place: body
      examples: { one: { inputs: [{ from: { id: '37295' }, to: [{ id: '1439' }] }] } }
    parameters:
      path:
        fromObjectType: { type: string, required: true, examples: { name: contacts, typeId: 0-1 }, place: path parameters }
        toObjectType: { type: string, required: true, examples: { name: companies, typeId: 0-2 }, place: path parameters }
    responses:
      '200':
        schema: BatchResponse
        place: reply
        examples:
          removed:
            status: COMPLETE
            startedAt: '2026-03-30T09:15:02.118Z'
            completedAt: '2026-03-30T09:15:02.871Z'
            results: []
      default:
        schema: Error
        place: reply
        examples:
          refused:
            category: VALIDATION_ERROR
            correlationId: 5f1c3e0a-8f0b-4f57-9e0c-27a5a4d1b7c2
            message: One or more ids are not valid
`;

const members = `  BatchInputPublicAssociationMultiArchive:
    inputs: { type: 'object[]', of: PublicAssociationMultiArchive, required: true, place: body }

  PublicAssociationMultiArchive:
    from: { type: object, of: PublicObjectId, required: true, place: body }
    to: { type: 'object[]', of: PublicObjectId, required: true, place: body }

  BatchResponse:
    completedAt: { type: string<date-time>, required: true, place: reply }
    startedAt: { type: string<date-time>, required: true, place: reply }
    status: { type: enum<string>, enum: [CANCELED, COMPLETE, PENDING, PROCESSING], required: true, place: reply }
    results: { type: 'object[]', required: true, place: reply }
    numErrors: { type: integer<int32>, required: false, place: reply }

`;

const address = '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/archive';
const isInCapture = address in objectOf(readOpenapi('associations.yaml')['paths']);

let scratch: ScratchProject;
let builder: ProductBuilder;
beforeAll(async () => {
  [scratch, builder] = await Promise.all([createScratchProject(), createProductBuilder()]);
  if (isInCapture) return;
  await scratch.edit('associations.yaml', '\ncomponents:\n', `${path}\ncomponents:\n`);
  await scratch.edit(
    'associations.yaml',
    '    LabelsBetweenObjectPair:\n',
    `${schemas}\n    LabelsBetweenObjectPair:\n`,
  );
  await scratch.edit('provenance.yaml', '\nschemas:\n', `\n${operation}\nschemas:\n${members}`);
});
afterAll(() => Promise.all([scratch.remove(), builder.remove()]));

async function readDescription(): Promise<JsonObject> {
  const parsed: unknown = JSON.parse(await readFile(join(scratch.folder, 'generated', 'openapi.json'), 'utf8'));
  return objectOf(parsed);
}

describe('the operation batch/archive, added to the capture and its provenance', () => {
  test('has complete provenance', () => {
    const provenance = readOpenapi('provenance.yaml', scratch.folder);
    const facts = factsOfCapture(readOpenapi('associations.yaml', scratch.folder));
    expect(unexplained(facts, statedFacts(provenance))).toEqual([]);
    expect(withoutSource(provenance)).toEqual([]);
  });

  test('is generated and passes every check of the suite', async () => {
    expect(await scratch.generate()).toMatchObject({ exitCode: 0 });
    const document = await readDescription();
    const product = await builder.build(await generatedSources(document));
    const prism = await startPrismInProcess(document);
    const subject = { ...product, ...prism, baseUrl: 'http://127.0.0.1', runs: 5 };
    const added = operationsOf(document).find((operation) => operation.path === address)?.operationId;
    const checks = allChecks(checksOf(document)).filter(({ item }) => item.operationId === added);
    expect(checks.length).toBeGreaterThan(50);
    const failures: string[] = [];
    for (const check of checks) {
      const { failure } = await runCheck(check, subject);
      if (failure !== undefined) failures.push(`${check.item.title}: ${failure}`);
    }
    expect(failures.slice(0, 3)).toEqual([]);
  });
});
