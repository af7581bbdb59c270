import { describe, expect, jest, test } from '@jest/globals';
import { createSimulator, serve, type FaultEffect, type FaultPlan, type Simulator } from './index.js';
import { latencyMs } from './faults.js';

function request(count = 1): Request {
  const inputs = Array.from({ length: count }, (_, index) => ({
    from: { id: String(index + 1) },
    to: { id: '1' },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  }));
  return new Request('https://api.hubapi.com/crm/associations/2025-09/contacts/companies/batch/create', {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
}

function simulatorWith(...effects: FaultEffect[]): Simulator {
  return createSimulator({ faults: { faults: effects }, sleep: () => Promise.resolve() });
}

interface Result {
  readonly fromObjectId: unknown;
  readonly fromObjectTypeId: string;
}

async function results(simulator: Simulator, count: number): Promise<Result[]> {
  const response = await simulator.fetch(request(count));
  return ((await response.json()) as { results: Result[] }).results;
}

describe('a fault', () => {
  test.each([
    ['at some requests', { at: [2, 5] }, [2, 5]],
    ['at every third', { every: 3 }, [3, 6, 9]],
    ['in bursts', { at: [2, 7], burst: 2 }, [2, 3, 7, 8]],
    ['at every request', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])('affects requests %s', async (_, selection, expected) => {
    const simulator = createSimulator({ faults: { faults: [{ kind: 'status', status: 503, ...selection }] } });
    const hit: number[] = [];
    for (let number = 1; number <= 10; number += 1) {
      if ((await simulator.fetch(request())).status === 503) hit.push(number);
    }
    expect(hit).toEqual(expected);
  });

  test('with a probability affects the same requests in every run with a seed, and others with another seed', async () => {
    const hits = async (seed: number): Promise<string> => {
      const faults: FaultPlan = { seed, faults: [{ kind: 'status', status: 503, probability: 0.3 }] };
      const simulator = createSimulator({ faults });
      const statuses: number[] = [];
      for (let number = 0; number < 200; number += 1) statuses.push((await simulator.fetch(request())).status);
      return statuses.join();
    };
    const first = await hits(1);
    expect(await hits(1)).toBe(first);
    expect(await hits(2)).not.toBe(first);
    const share = first.split('503').length - 1;
    expect(share).toBeGreaterThan(40);
    expect(share).toBeLessThan(80);
  });
});

describe('a connection', () => {
  test('that is reset before the request is read applies nothing', async () => {
    const simulator = simulatorWith({ kind: 'reset-before' });
    await expect(simulator.fetch(request())).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(simulator.associations('contacts', 'companies')).toEqual([]);
    expect(simulator.statuses()).toEqual({ none: 1 });
  });

  test('that is reset after the request was read has applied it', async () => {
    const simulator = simulatorWith({ kind: 'reset-after' });
    await expect(simulator.fetch(request())).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(simulator.associations('contacts', 'companies')).toHaveLength(1);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('that hangs ends when the caller aborts; applied: %s', async (applied, associations) => {
    const simulator = simulatorWith({ kind: 'hang', applied });
    const controller = new AbortController();
    const call = simulator.fetch(new Request(request(), { signal: controller.signal }));
    controller.abort();
    await expect(call).rejects.toThrow('aborted');
    expect(simulator.associations('contacts', 'companies')).toHaveLength(associations);
  });

  test('breaks off within the body, in memory and over a socket', async () => {
    const simulator = simulatorWith({ kind: 'truncate' });
    await expect((await simulator.fetch(request())).text()).rejects.toThrow('fetch failed');
    const server = await serve(simulator);
    const given = request();
    const response = await fetch(new Request(`${server.url}${new URL(given.url).pathname}`, given));
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow('terminated');
    await server.close();
  });

  test('that breaks off has delivered exactly the first half of the body', async () => {
    const now = (): number => 0;
    const whole = await (await createSimulator({ now }).fetch(request(50))).text();
    const faults: FaultPlan = { faults: [{ kind: 'truncate' }] };
    const response = await createSimulator({ now, faults }).fetch(request(50));
    const received: number[] = [];
    const reader = response.body?.getReader();
    const readAll = async (): Promise<void> => {
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
        received.push(...next.value);
      }
    };
    await expect(readAll()).rejects.toThrow('fetch failed');
    const text = new TextDecoder().decode(new Uint8Array(received));
    expect(text).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
  });

  test('is also reset over a socket', async () => {
    const server = await serve(simulatorWith({ kind: 'reset-before' }));
    const given = request();
    const call = fetch(new Request(`${server.url}${new URL(given.url).pathname}`, given));
    await expect(call).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await server.close();
  });

  test('that is slow delivers the whole body', async () => {
    const sleep = jest.fn(() => Promise.resolve());
    const simulator = createSimulator({ faults: { faults: [{ kind: 'slow-body', ms: 1_000 }] }, sleep });
    const body = await (await simulator.fetch(request(50))).text();
    expect(JSON.parse(body)).toHaveProperty('results');
    expect(sleep.mock.calls.reduce((sum, [ms]: unknown[]) => sum + Number(ms), 0)).toBeCloseTo(1_000);
  });

  test('has the latency of its distribution', async () => {
    const sleep = jest.fn(() => Promise.resolve());
    const faults: FaultPlan = { faults: [{ kind: 'latency', ms: { uniform: [100, 200] } }] };
    const simulator = createSimulator({ faults, sleep });
    for (let round = 0; round < 20; round += 1) await simulator.fetch(request());
    for (const [ms] of sleep.mock.calls as unknown as [number][]) {
      expect(ms).toBeGreaterThanOrEqual(100);
      expect(ms).toBeLessThanOrEqual(200);
    }
    expect(latencyMs({ logNormal: { median: 300, p99: 3_000 } }, 0.5, 0.25)).toBeCloseTo(300);
  });
});

describe('a reply', () => {
  test.each([
    [{ kind: 'status', status: 423 }, 423, { category: 'LOCKED' }, null],
    [{ kind: 'status', status: 477, retryAfter: 'seconds', retryAfterSeconds: 86_400 }, 477, {}, '86400'],
    [{ kind: 'status', status: 429, policyName: 'DAILY' }, 429, { policyName: 'DAILY' }, null],
    [{ kind: 'status', status: 503, category: 'BUSY' }, 503, { category: 'BUSY' }, null],
  ] as const)('of a fault %j', async (effect, status, body, retryAfter) => {
    const response = await simulatorWith(effect).fetch(request());
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.json()).toMatchObject(body);
  });

  test('has the Retry-After of the plan, rounded up to whole seconds', async () => {
    const retryAfter = async (retryAfterSeconds: number): Promise<string | null> => {
      const effect: FaultEffect = { kind: 'status', status: 503, retryAfter: 'seconds', retryAfterSeconds };
      return (await simulatorWith(effect).fetch(request())).headers.get('retry-after');
    };
    expect([await retryAfter(0), await retryAfter(0.2), await retryAfter(7)]).toEqual(['0', '1', '7']);
  });

  test('may have a date in Retry-After', async () => {
    const now = (): number => Date.UTC(2026, 0, 1);
    const faults: FaultPlan = { faults: [{ kind: 'status', status: 503, retryAfter: 'date', retryAfterSeconds: 60 }] };
    const response = await createSimulator({ faults, now }).fetch(request());
    expect(response.headers.get('retry-after')).toBe('Thu, 01 Jan 2026 00:01:00 GMT');
  });

  test('of a gateway is an HTML page, whether or not the request was applied', async () => {
    const simulator = simulatorWith({ kind: 'gateway-page', status: 504, applied: true });
    const response = await simulator.fetch(request());
    expect([response.status, response.headers.get('content-type')]).toEqual([504, 'text/html;charset=utf-8']);
    expect(simulator.associations('contacts', 'companies')).toHaveLength(1);
  });

  test('silently omits a share of the pairs, and does not associate them', async () => {
    const simulator = simulatorWith({ kind: 'omit', share: 0.5 });
    const mentioned = await results(simulator, 200);
    expect(mentioned.length).toBeGreaterThan(60);
    expect(mentioned.length).toBeLessThan(140);
    expect(simulator.associations('contacts', 'companies')).toHaveLength(mentioned.length);
  });

  test('is COMPLETE and empty, and nothing is associated', async () => {
    const simulator = simulatorWith({ kind: 'empty-complete' });
    expect(await results(simulator, 3)).toEqual([]);
    expect(simulator.associations('contacts', 'companies')).toEqual([]);
  });

  test('has its results in another order', async () => {
    const ids = (await results(simulatorWith({ kind: 'reorder' }), 50)).map(({ fromObjectId }) => Number(fromObjectId));
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(50);
  });

  test('has ids as numbers, or undocumented members', async () => {
    expect(await results(simulatorWith({ kind: 'numeric-ids' }), 1)).toMatchObject([{ fromObjectId: 1 }]);
    expect(await results(simulatorWith({ kind: 'extra-fields' }), 1)).toMatchObject([{ associationId: 1 }]);
  });

  test('has both directions', async () => {
    const both = await results(simulatorWith({ kind: 'both-directions' }), 1);
    expect(both.map(({ fromObjectTypeId }) => fromObjectTypeId)).toEqual(['0-1', '0-2']);
  });

  test('has the time of a skewed clock', async () => {
    const faults: FaultPlan = { faults: [{ kind: 'clock-skew', ms: 3_600_000 }] };
    const simulator = createSimulator({ faults, now: () => 0 });
    const response = await simulator.fetch(request());
    expect(response.headers.get('date')).toBe('Thu, 01 Jan 1970 01:00:00 GMT');
    expect(await response.json()).toMatchObject({ startedAt: '1970-01-01T01:00:00.000Z' });
  });

  test('refuses a token from the moment it expires', async () => {
    const simulator = createSimulator({ faults: { faults: [{ kind: 'expire-token', at: [2] }] } });
    const statuses: number[] = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await simulator.fetch(request())).status);
    expect(statuses).toEqual([201, 401, 401]);
  });
});
