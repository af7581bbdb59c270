import { beforeAll, describe, expect, test } from '@jest/globals';
import { at, operationsOf } from '../src/openapi/index.js';
import { claimsOf } from './checks/client-claims.js';
import { document, productInProcess } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { mutantsOf } from './mutation/spec-mutants.js';

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
});

describe('the client keeps its promises about connections and untrusted servers', () => {
  test.each(claimsOf(document))('$title', (claim) => claim.run(product));
});

describe('a spec that does not match the hand-written call', () => {
  test.each([
    {
      to: { name: 'limit', in: 'query', required: true, schema: { type: 'string' } },
      message: 'The hand-written call of batchCreateAssociations cannot send the query parameter limit.',
      step: 'parameters/-',
    },
    { to: 'renamed', message: 'No operation of the spec has a hand-written call.', step: 'operationId' },
  ])('fails: $message', async ({ to, message, step }) => {
    const [operation] = operationsOf(document);
    const pointer = at(operation?.pointer ?? '', ...step.split('/'));
    const edited = mutantsOf(document, [{ operator: 'set', pointer, to }]).map((mutant) => mutant.document());
    const claims = edited.flatMap(claimsOf);
    await expect(Promise.all(claims.map((claim) => claim.run(product)))).rejects.toThrow(message);
  });
});
