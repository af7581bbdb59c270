import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'; // prettier-ignore
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base'; // prettier-ignore
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAssociationsClient } from '../associations-client.js';
import type { ClientOptions } from '../client/options.js';
import { createSimulator } from '../simulator/index.js';
import { answering, complete, input, numbered, types } from '../test-support.js';
import { instrument, type TelemetryOptions } from './index.js';

const accessToken = 'pat-eu1-11111111-2222-3333-4444-555555555555';
const template = '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create';
const attemptName = `POST ${template}`;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => {
  context.disable();
});

interface Told {
  readonly spans: readonly ReadableSpan[];
  /** Values by the metric's name and the attributes that distinguish its points. */
  readonly metrics: () => Promise<Record<string, unknown>>;
}

/** Uses a client whose telemetry is kept in memory. */
async function telemetryOf(
  options: Partial<ClientOptions>,
  work: (client: ReturnType<typeof createAssociationsClient>) => Promise<unknown>,
  telemetry: TelemetryOptions = {},
): Promise<Told> {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const to = { tracerProvider, meterProvider, ...telemetry };
  const client = createAssociationsClient(instrument({ accessToken, allowance: false, ...options }, to));
  await tracerProvider.getTracer('test').startActiveSpan('caller', async (span) => {
    await work(client).catch(() => undefined);
    span.end();
  });
  await reader.forceFlush();
  const points = exporter.getMetrics().flatMap((resource) =>
    resource.scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }): [string, unknown] => {
          const { 'hubspot_associations.outcome': outcome, 'hubspot_associations.wait.reason': reason } = attributes;
          const own = outcome ?? reason ?? attributes['http.response.status_code'] ?? attributes['error.type'];
          const name =
            own === undefined ? descriptor.name : `${descriptor.name} ${JSON.stringify(own).replaceAll('"', '')}`;
          return [name, typeof value === 'number' ? value : value.count];
        }),
      ),
    ),
  );
  await meterProvider.shutdown();
  expect(JSON.stringify([spans.getFinishedSpans().map(({ attributes, status, events }) => [attributes, status, events]), points])).not.toContain(accessToken); // prettier-ignore
  return { spans: spans.getFinishedSpans(), metrics: () => Promise.resolve(Object.fromEntries(points)) };
}

/** The path of each span: its name after those of its parents. */
function paths(spans: readonly ReadableSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const pathOf = (span: ReadableSpan): string => {
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };
  return spans.map(pathOf);
}

const named = (spans: readonly ReadableSpan[], name: string): ReadableSpan[] =>
  spans.filter((span) => span.name === name);

describe('a run', () => {
  test('is a child span of the caller’s span, with child spans for each batch and each attempt', async () => {
    const server = answering(() => Response.json({ message: 'later' }, { status: 503 }), undefined);
    const { spans } = await telemetryOf(
      { fetch: server.fetch, maxAttempts: 2, concurrency: 1 },
      (client) => client.createAll({ ...types, inputs: numbered(3), batchSize: 2 }).summary,
    );
    const batch = 'caller > hubspot_associations.run > hubspot_associations.batch';
    expect(paths(spans).sort()).toEqual(
      ['caller', 'caller > hubspot_associations.run', batch, batch, ...Array<string>(3).fill(`${batch} > ${attemptName}`)].sort(), // prettier-ignore
    );
    expect(named(spans, 'hubspot_associations.run')[0]?.attributes).toEqual({
      'hubspot_associations.from_object_type': 'contacts',
      'hubspot_associations.to_object_type': 'companies',
      'hubspot_associations.created': 3,
      'hubspot_associations.failed': 0,
      'hubspot_associations.invalid': 0,
      'hubspot_associations.unconfirmed': 0,
      'hubspot_associations.unsent': 0,
    });
    expect(named(spans, 'hubspot_associations.batch')[0]?.attributes).toMatchObject({
      'hubspot_associations.batch': 1,
      'hubspot_associations.inputs': 2,
      'hubspot_associations.created': 2,
    });
  });

  test('that stops is recorded as an error, with the reason', async () => {
    const server = answering(() => Response.json({ message: 'no', policyName: 'DAILY' }, { status: 429 }));
    const { spans } = await telemetryOf(
      { fetch: server.fetch },
      (client) => client.createAll({ ...types, inputs: numbered(1) }).summary,
    );
    const [run] = named(spans, 'hubspot_associations.run');
    expect(run?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(run?.attributes).toMatchObject({ 'error.type': 'refused', 'hubspot_associations.unsent': 1 });
  });
});

describe('an attempt', () => {
  test('follows the conventions for HTTP clients', async () => {
    const headers = { 'x-hubspot-correlation-id': 'c-1', 'x-request-id': 'r-1' };
    const server = answering(
      () => Response.json({ message: 'later' }, { status: 503, headers }),
      () => Response.json(complete, { status: 201 }),
    );
    const { spans } = await telemetryOf(
      { fetch: server.fetch, maxAttempts: 2, baseUrl: 'http://127.0.0.1:8080/base' },
      (client) => client.batchCreate({ ...types, inputs: numbered(1) }),
    );
    const [refused, resent] = named(spans, attemptName);
    const request = {
      'http.request.method': 'POST',
      'server.address': '127.0.0.1',
      'server.port': 8080,
      'url.scheme': 'http',
      'url.template': template,
      'url.full': 'http://127.0.0.1:8080/base/crm/associations/2025-09/contacts/companies/batch/create',
    };
    expect(refused?.kind).toBe(SpanKind.CLIENT);
    expect(refused?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(refused?.attributes).toEqual({
      ...request,
      'http.response.status_code': 503,
      'error.type': '503',
      'http.response.header.x-hubspot-correlation-id': ['c-1'],
      'http.response.header.x-request-id': ['r-1'],
    });
    expect(resent?.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(resent?.attributes).toMatchObject({ 'http.request.resend_count': 1, 'http.response.status_code': 201 });
  });

  test('without a reply is recorded as an error of its type', async () => {
    const { spans } = await telemetryOf(
      { fetch: () => Promise.reject(new TypeError('fetch failed')), maxAttempts: 1 },
      (client) => client.batchCreate({ ...types, inputs: numbered(1) }),
    );
    expect(named(spans, attemptName)[0]?.attributes).toMatchObject({ 'error.type': 'ConnectionError' });
  });

  test('names no record unless recordIds is set', async () => {
    const server = answering(() => Response.json({ message: 'No contact with ID 9996001' }, { status: 400 }));
    const work: Parameters<typeof telemetryOf>[1] = (client) =>
      client.batchCreate({ ...types, inputs: [input('9996001')] });
    const silent = await telemetryOf({ fetch: server.fetch }, work);
    const open = await telemetryOf({ fetch: server.fetch }, work, { recordIds: true });
    const text = ({ spans }: Told): string => JSON.stringify(spans.map(({ attributes, status, events, name }) => [attributes, status, events, name])); // prettier-ignore
    expect(text(silent)).not.toContain('9996001');
    expect(text(open)).toContain('No contact with ID 9996001');
  });
});

test('metrics count inputs by outcome, requests, retries, waits and the used allowance', async () => {
  const simulator = createSimulator({ records: { contacts: ['1', '2'], companies: ['1'] } });
  const server = answering(
    () => Response.json({ message: 'later' }, { status: 503 }),
    () => simulator.fetch(last),
  );
  let last = new Request('http://127.0.0.1');
  const fetch = (request: Request): Promise<Response> => {
    last = request;
    return server.fetch(request);
  };
  const allowance = { requests: 100, perMs: 600_000 };
  const { metrics } = await telemetryOf(
    { fetch, maxAttempts: 2, allowance },
    (client) =>
      client.createAll({ ...types, inputs: [...numbered(3), { ...input('4'), from: { id: 4 as never } }] }).summary,
  );
  expect(await metrics()).toEqual({
    'hubspot_associations.inputs created': 2,
    'hubspot_associations.inputs failed': 1,
    'hubspot_associations.inputs invalid': 1,
    'hubspot_associations.retries 503': 1,
    'hubspot_associations.wait.duration retry': 1,
    'http.client.request.duration 503': 1,
    'http.client.request.duration 207': 1,
    'hubspot_associations.allowance.used': 2,
    'hubspot_associations.allowance.limit': 100,
  });
});

test('the options’ own onEvent is still called', async () => {
  const observed: string[] = [];
  const { spans } = await telemetryOf(
    { fetch: createSimulator().fetch, onEvent: ({ type }) => observed.push(type) },
    (client) => client.batchCreate({ ...types, inputs: numbered(1) }),
  );
  expect(observed).toEqual(['request.sent', 'request.finished']);
  expect(trace.getSpan(context.active())).toBeUndefined();
  expect(spans).toHaveLength(2);
});
