import { describe, expect, test } from '@jest/globals';
import { clientOf, numbered, types } from '../test-support.js';

/** The message of the error for a refusal with this body. */
async function messageFor(body: object): Promise<string> {
  const client = clientOf(() => Promise.resolve(Response.json(body, { status: 400 })));
  const failure: unknown = await client.batchCreate({ ...types, inputs: numbered(1) }).catch((error: unknown) => error);
  return String(failure);
}

describe('the context of a refusal', () => {
  test('is part of the message, since only it says what is wrong', async () => {
    const context = { INVALID_ASSOCIATION_TYPE_ID: ['HUBSPOT_DEFINED=280 is not a valid association definition id'] };
    expect(await messageFor({ message: 'One or more associations are invalid', context })).toContain(
      'One or more associations are invalid. Context: {"INVALID_ASSOCIATION_TYPE_ID":["HUBSPOT_DEFINED=280 is not',
    );
  });

  test('is shortened if it is long', async () => {
    expect((await messageFor({ message: 'no', context: { id: Array(9_999).fill('1') } })).length).toBeLessThan(700);
  });

  test.each([undefined, null, {}, [], 'text'])('%j is left out', async (context) => {
    expect(await messageFor({ message: 'no', context })).not.toContain('Context');
  });
});
