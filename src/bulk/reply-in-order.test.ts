import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject } from '../client/json.js';
import { directionOf } from './direction.js';
import { reconcile } from './reconcile.js';
import { readInOrder } from './reply-in-order.js';
import type { RequestPairs } from './request-body.js';

const types = { fromObjectType: 'contacts', toObjectType: 'companies' };
const direction = directionOf(types);

function pairsOf(...pairs: [string, string][]): RequestPairs {
  return {
    from: pairs.map(([from]) => from),
    to: pairs.map(([, to]) => to),
    types: pairs.map(() => '[]'),
    texts: new Map(),
  };
}

function result(fromObjectId: string, toObjectId: string, labels: readonly string[] = []): Record<string, unknown> {
  return { fromObjectTypeId: '0-1', fromObjectId, toObjectTypeId: '0-2', toObjectId, labels };
}

function reply(results: readonly unknown[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({ status: 'COMPLETE', results, startedAt: '2026-01-01T00:00:00Z', ...more });
}

const three = pairsOf(['1', '5'], ['2', '6'], ['37295', '1439']);
const inOrder = [result('1', '5'), result('2', '6'), result('37295', '1439')];

describe('a reply that lists every pair in the order of sending', () => {
  test('is read by its first result, with everything around the list', () => {
    expect(readInOrder(reply(inOrder, { numErrors: 0 }), three, direction)).toEqual({
      status: 'COMPLETE',
      results: [result('1', '5')],
      startedAt: '2026-01-01T00:00:00Z',
      numErrors: 0,
    });
  });

  test('may have its members in any order, and labels, if all results do', () => {
    const results = [...three.from.entries()].map(([place, from]) => ({
      labels: ['Primary'],
      ...{ toObjectId: three.to[place], toObjectTypeId: '0-2', fromObjectTypeId: '0-1', fromObjectId: from },
    }));
    expect(readInOrder(reply(results), three, direction)).toMatchObject({ results: [results[0]] });
  });
});

describe('every other reply is left to the parser:', () => {
  test.each([
    ['another order', reply([inOrder[1], inOrder[0], inOrder[2]])],
    ['a missing result', reply(inOrder.slice(0, 2))],
    ['an additional result', reply([...inOrder, result('7', '8')])],
    ['no results', reply([])],
    ['labels that differ', reply([inOrder[0], result('2', '6', ['Primary']), inOrder[2]])],
    ['ids as numbers', reply(inOrder.map((one) => ({ ...one, fromObjectId: Number(one['fromObjectId']) })))],
    ['another direction', reply(inOrder.map((one) => ({ ...one, fromObjectTypeId: '0-2', toObjectTypeId: '0-1' })))],
    ['another object type on one side', reply(inOrder.map((one) => ({ ...one, toObjectTypeId: '0-5' })))],
    ['another object type on the other side', reply(inOrder.map((one) => ({ ...one, fromObjectTypeId: '0-5' })))],
    ['results without an id', reply(inOrder.map((one) => ({ ...one, fromObjectId: undefined })))],
    ['white space', JSON.stringify(JSON.parse(reply(inOrder)), undefined, 2)],
    ['a list of that name elsewhere', `{"context":${reply(inOrder)},"results":[]}`],
    [
      'a list of that name elsewhere, and the first result',
      `{"context":${reply(inOrder)},${reply([inOrder[0]]).slice(1)}`,
    ],
    ['another list of that name', reply(inOrder).replace(/}$/, `,"results":${JSON.stringify([inOrder[0]])}}`)],
    [
      'another list whose name is escaped',
      reply(inOrder).replace(/}$/, `,"result\\u0073":[${JSON.stringify(inOrder[0])}]}`),
    ],
    [
      'results that do not end',
      `{"results":[${inOrder.map((one) => JSON.stringify(one).replace('[]}', '[{}')).join()}]}]}`,
    ],
    ['a member twice, with escapes', reply(inOrder).replaceAll('"labels":[]', '"labels":[],"\\u0066romObjectId":"1"')],
    ['truncated text', reply(inOrder).slice(0, -20)],
    ['text after the end', `${reply(inOrder)}}`],
    // The parser uses the last of two members with the same name, so every result is the first pair's.
    ['a member twice', reply(inOrder).replaceAll('"labels":[]', '"labels":[],"fromObjectId":"1"')],
    ['text that is not JSON', '<html>"results":[{'],
  ])('%s', (_, text) => {
    expect(readInOrder(text, three, direction)).toBeUndefined();
  });

  test.each([
    ['an unknown object type', { fromObjectType: 'p1_car', toObjectType: 'companies' }],
    ['records of one type', { fromObjectType: 'contacts', toObjectType: 'contacts' }],
  ])('%s', (_, others) => {
    expect(readInOrder(reply(inOrder), three, directionOf(others))).toBeUndefined();
  });

  test('an input that is not plain', () => {
    const pairs = { ...three, texts: new Map([[0, '{}']]) };
    expect(readInOrder(reply(inOrder), pairs, direction)).toBeUndefined();
  });
});

test('results that do not name an unknown object type are left to the parser', () => {
  const text = reply(inOrder.map((one) => ({ ...one, fromObjectTypeId: undefined })));
  expect(
    readInOrder(text, three, directionOf({ fromObjectType: 'p1_car', toObjectType: 'companies' })),
  ).toBeUndefined();
});

test('every reply that is read in order would also be confirmed by parsing and comparing ids', () => {
  const id = fc.stringMatching(/^[0-9]{1,3}$/);
  const lists = fc.uniqueArray(fc.tuple(id, id), { minLength: 1, maxLength: 6, selector: String });
  fc.assert(
    fc.property(lists, fc.array(fc.tuple(fc.nat(5), fc.nat(5), id), { maxLength: 2 }), (sent, edits) => {
      const results = sent.map(([from, to]) => result(from, to));
      for (const [one, other, changed] of edits) {
        const [kept] = results.splice(one % results.length, 1);
        if (kept !== undefined) results.splice(other, 0, other === 5 ? { ...kept, toObjectId: changed } : kept);
      }
      const pairs = pairsOf(...sent);
      const text = reply(results);
      if (readInOrder(text, pairs, direction) === undefined) return;
      const body: unknown = JSON.parse(text);
      expect(isJsonObject(body) && reconcile(pairs, { status: 201, body }, types).notCreated.size).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});
