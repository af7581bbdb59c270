import { describe, expect, test } from '@jest/globals';
import { clientOf, complete, numbered, outcomesOf, types } from '../test-support.js';
import type { ClientEvent } from './events.js';

const headers = { 'x-hubspot-correlation-id': 'c-1', 'x-request-id': 'r-1' };
const ids = { correlationId: 'c-1', requestId: 'r-1' };
const request = { ...types, inputs: numbered(1) };

/** The result of a call that gets this reply, and the event that ends its attempt. */
async function resultAndLastEvent(
  response: () => Response | Promise<Response>,
  timeoutMs = 60_000,
): Promise<unknown[]> {
  const finished: ClientEvent[] = [];
  const client = clientOf(() => Promise.resolve(response()), {
    timeoutMs,
    onEvent: (event) => {
      if (event.type === 'request.finished') finished.push(event);
    },
  });
  return [await client.batchCreate(request).catch((error: unknown) => error), ...finished];
}

const breaking = (start: (controller: ReadableStreamDefaultController) => void): ReadableStream =>
  new ReadableStream({ start });

describe('HubSpot’s ids of a request are in', () => {
  test.each<[string, () => Response, { code?: string; status?: number }]>([
    ['a complete reply', () => Response.json(complete, { status: 201, headers }), { status: 201 }],
    ['a reply with errors', () => Response.json({ ...complete, errors: [{}] }, { status: 207, headers }), { status: 207 }], // prettier-ignore
    ['a refusal', () => Response.json({}, { status: 400, headers }), { code: 'API', status: 400 }],
    ['a refusal with the ids in its body', () => Response.json(ids, { status: 429 }), { code: 'API', status: 429 }],
    ['a body that is not JSON', () => new Response('<html>', { status: 200, headers }), { code: 'CONTRACT', status: 200 }], // prettier-ignore
    ['a body without results', () => Response.json({}, { status: 201, headers }), { code: 'CONTRACT', status: 201 }],
    [
      'a body that breaks off',
      () =>
        new Response(
          breaking((controller) => {
            controller.error(new TypeError('terminated'));
          }),
          { headers },
        ),
      { code: 'CONNECTION' },
    ],
  ])('%s, and in the event that ends its attempt', async (_, response, more) => {
    const { code, status } = more;
    const [made, finished] = await resultAndLastEvent(response);
    expect(made).toMatchObject({ ...ids, ...more });
    const error: unknown = code === undefined ? undefined : expect.objectContaining({ code, ...ids });
    expect(finished).toMatchObject({ call: 1, attempt: 1, status, error, ...ids });
  });

  test('a reply that does not end in time', async () => {
    const [error] = await resultAndLastEvent(
      () =>
        new Response(
          breaking(() => undefined),
          { headers },
        ),
      1,
    );
    expect(error).toMatchObject({ code: 'TIMEOUT', ...ids });
  });

  test('the outcome of each input that was not created', async () => {
    const message = { status: 'error', category: 'OBJECT_NOT_FOUND', context: { id: ['1'] }, message: 'no' };
    const partial = { status: 'COMPLETE', results: [], errors: [{ ...message, subCategory: 'crm.FROM_' }] };
    const client = clientOf(() => Promise.resolve(Response.json(partial, { status: 207, headers })));
    const outcomes = await outcomesOf(client.createAll({ ...types, inputs: numbered(2) }));
    expect(outcomes).toMatchObject([
      { kind: 'failed', error: { code: 'API', ...ids } },
      { kind: 'unconfirmed', error: { code: 'CONTRACT', ...ids } },
    ]);
  });
});

test('the events of a run say which run, batch and call they are about', async () => {
  const events: ClientEvent[] = [];
  const client = clientOf(() => Promise.resolve(Response.json(complete, { status: 201, headers })), {
    onEvent: (event) => events.push(event),
    concurrency: 1,
    validateResponses: false,
  });
  for (let run = 1; run <= 2; run += 1) await client.createAll({ ...types, inputs: numbered(1) }).summary;
  const url = 'https://api.hubapi.com/crm/associations/2025-09/contacts/companies/batch/create';
  const ofRun = (run: number, calls: [number, number]): object[] => [
    { type: 'run.started', run, ...types },
    { type: 'batch.sent', run, batch: 1, inputs: 1 },
    ...calls.flatMap((call) => [
      { type: 'request.sent', run, batch: 1, call, attempt: 1, method: 'POST', url },
      { type: 'request.finished', run, batch: 1, call, attempt: 1, status: 201, error: undefined, ...ids },
    ]),
    { type: 'batch.finished', run, batch: 1, created: 0, failed: 0, invalid: 0, unconfirmed: 1, unsent: 0 },
    { type: 'run.finished', run, stopped: undefined },
  ];
  // The reply mentions no pair of the request, so each is resent once.
  expect(events).toEqual([...ofRun(1, [1, 2]), ...ofRun(2, [3, 4])]);
});
