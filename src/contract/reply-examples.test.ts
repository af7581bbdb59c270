import { expect, test } from '@jest/globals';
import { replyExamples } from './reply-examples.js';

function operation(operationId: string, examples: Record<string, readonly string[]>): object {
  const responses: Record<string, object> = {};
  for (const [status, names] of Object.entries(examples)) {
    const named: Record<string, object> = {};
    for (const name of names) named[name] = {};
    responses[status] = { content: { 'application/json': { examples: named } } };
  }
  return { operationId, responses };
}

test('the examples of an operation are those of its own replies with a numeric status', () => {
  const paths = {
    '/batch/archive': { post: operation('archive', { 200: ['removed'] }) },
    '/batch/create': { post: operation('create', { 201: ['one', 'two'], 400: ['refused'], default: ['other'] }) },
  };
  expect(replyExamples({ paths }, 'create')).toEqual([
    { status: '201', name: 'one' },
    { status: '201', name: 'two' },
    { status: '400', name: 'refused' },
  ]);
});
