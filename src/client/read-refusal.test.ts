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

describe('the message of a refusal', () => {
  async function told(status: number, body: string | object, headers: Record<string, string> = {}): Promise<string> {
    const given = typeof body === 'string' ? body : JSON.stringify(body);
    const client = clientOf(() => Promise.resolve(new Response(given, { status, headers })), { maxAttempts: 1 });
    const failure: unknown = await client
      .batchCreate({ ...types, inputs: numbered(1) })
      .catch((error: unknown) => error);
    return String(failure).replace(/^.*? was refused/, '');
  }

  test.each<[string, string | object, RegExp]>([
    [
      'names the category',
      { message: 'no', category: 'VALIDATION_ERROR' },
      /^ with 400 VALIDATION_ERROR: no\. (?!undefined)/,
    ],
    ['names the category and the policy', { message: 'no', category: 'A', policyName: 'B' }, /^ with 400 A B: no\. /],
    ['names the type of an older form', { message: 'no', errorType: 'OLD' }, /^ with 400 OLD: no\. /],
    ['is plain without either', { message: 'no' }, /^ with 400: no\. /],
    ['names the correlation id', { message: 'no', correlationId: 'c-1' }, /: no\. \(correlation id c-1\) /],
    ['names none where there is none', { message: 'no' }, /^(?!.*correlation id)/],
    ['is one line', { message: ' a\n\n b ' }, /^ with 400: a b\. /],
    ['keeps what ends a sentence', { message: 'Why?' }, /^ with 400: Why\? /],
    ['ends a sentence that has a full stop elsewhere', { message: 'a.b c' }, /^ with 400: a\.b c\. /],
    ['says that there is no body', ' ', /: the reply has no body\. /],
    [
      'describes a body without a message',
      { message: ' ' },
      /: the reply is text\/plain without a message, 15 characters long\. /,
    ],
  ])('%s', async (_, body, message) => {
    expect(await told(400, body)).toMatch(message);
  });

  test('names the scopes that a 403 misses, and only those', async () => {
    const errors = [{ context: { requiredGranularScopes: ['crm.a', 'crm.b'] } }];
    expect(await told(403, { message: 'no', errors })).toContain('It lacks one of crm.a, crm.b.');
    expect(await told(400, { message: 'no', errors })).not.toContain('It lacks');
    expect(await told(403, { message: 'no' })).not.toContain('It lacks');
  });

  test('repeats Retry-After', async () => {
    expect(await told(400, { message: 'no' }, { 'retry-after': '7' })).toMatch(/ Retry-After: 7\.$/);
    expect(await told(400, { message: 'no' })).not.toContain('Retry-After');
  });
});
