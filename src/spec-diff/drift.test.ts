import { expect, test } from '@jest/globals';
import { describeDrift, type Drift } from './drift.js';
import { lines, sketch, type Json, type Sketch } from './test-support.js';

const text = { type: 'string' };
const error = { content: { 'application/json': { schema: { type: 'object', properties: { message: text } } } } };
const header = { 'retry-after': { schema: text } };

const drift = (ours: Json, theirs: Json): Drift =>
  describeDrift(
    { text: JSON.stringify(ours), name: 'ours.yaml' },
    { text: JSON.stringify(theirs), name: 'theirs.json' },
  );

const replies = (responses: Json): Sketch => ({ responses: { 200: { description: '' }, ...responses } });

test('operations that only HubSpot describes are listed as not captured and are not findings', () => {
  const theirs = sketch();
  const others = sketch({ path: '/readers', method: 'get' });
  const both = { ...theirs, paths: { ...(theirs['paths'] as Json), ...(others['paths'] as Json) } };

  expect(drift(sketch(), both)).toEqual({ findings: [], notCaptured: ['GET /readers'], notStated: [] });
});

test('an operation that HubSpot no longer describes is a breaking finding', () => {
  const { findings, notCaptured } = drift(sketch(), sketch({ path: '/readers', method: 'get' }));

  expect(lines(findings)).toEqual(['breaking operation operation-removed operation']);
  expect(notCaptured).toEqual(['GET /readers']);
});

test('errors that HubSpot describes only by a default reply, and headers, are listed as not stated', () => {
  const special = { content: { 'application/json': { schema: { type: 'object', properties: { policy: text } } } } };
  const ours = sketch(replies({ 400: error, 429: { ...special, headers: header } }));
  const theirs = sketch({ ...replies({ default: error }), openapi: '3.0.3' });

  expect(drift(ours, theirs)).toEqual({
    findings: [],
    notCaptured: [],
    notStated: [
      'responses/429, of which only a reply to any error is described: policy, message',
      'headers of replies: retry-after',
      'error statuses that are not listed one by one',
    ],
  });
});

test('an error that HubSpot does not describe is listed as not stated', () => {
  const { findings, notStated } = drift(sketch(replies({ 400: error })), sketch(replies({})));

  expect(findings).toEqual([]);
  expect(notStated).toEqual(['responses/400, which is not described']);
});

test('a missing header is a finding if other headers are described, and so is a change of a listed error', () => {
  const ours = sketch(replies({ 429: { ...error, headers: header } }));
  const theirs = sketch(replies({ 429: { headers: { age: { schema: text } } } }));

  expect(lines(drift(ours, theirs).findings)).toEqual([
    'breaking reply body-removed responses/429',
    'breaking reply header-removed responses/429 headers/retry-after',
    'compatible reply header-added responses/429 headers/age',
  ]);
});
