import { describe, expect, test } from '@jest/globals';
import { clientOf, numbered, types } from '../test-support.js';

/** What the error says of a refusal with this body. */
async function messageFor(body: object): Promise<string> {
  const client = clientOf(() => Promise.resolve(Response.json(body, { status: 400 })));
  const failure: unknown = await client.batchCreate({ ...types, inputs: numbered(1) }).catch((error: unknown) => error);
  return String(failure);
}

describe('the context of a refusal', () => {
  test('is said, since the message leaves to it what is wrong', async () => {
    const context = { INVALID_ASSOCIATION_TYPE_ID: ['HUBSPOT_DEFINED=280 is not a valid association definition id'] };
    expect(await messageFor({ message: 'One or more associations are invalid', context })).toContain(
      'One or more associations are invalid. Context: {"INVALID_ASSOCIATION_TYPE_ID":["HUBSPOT_DEFINED=280 is not',
    );
  });

  test('is cut where it is long', async () => {
    expect((await messageFor({ message: 'no', context: { id: Array(9_999).fill('1') } })).length).toBeLessThan(700);
  });

  test.each([undefined, null, {}, [], 'text'])('%j is not worth a word', async (context) => {
    expect(await messageFor({ message: 'no', context })).not.toContain('Context');
  });
});
