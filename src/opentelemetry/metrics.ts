import type { Attributes, Meter } from '@opentelemetry/api';
import { outcomeKinds } from '../bulk/outcome.js';
import type { ClientEvent, RequestEvent } from '../client/events.js';
import type { Allowance } from '../client/options.js';
import { endAttributes, errorType, type RequestAttributes } from './request-attributes.js';

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpclientrequestduration */
const requestBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** A wait may take as long as the window of an allowance, or as long as the API asks. */
const waitBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300];

/** Records metrics from a client's events. */
export function createMetrics(
  meter: Meter,
  attributesOf: (event: RequestEvent) => RequestAttributes,
  allowance: Allowance | false,
): (event: ClientEvent) => void {
  const inputs = meter.createCounter('hubspot_associations.inputs', {
    description: 'Inputs that have their outcome.',
    unit: '{input}',
  });
  const retries = meter.createCounter('hubspot_associations.retries', {
    description: 'Requests that failed and are retried.',
    unit: '{request}',
  });
  const waits = meter.createHistogram('hubspot_associations.wait.duration', {
    description: 'How long a request waited for its turn, or pauses before it is retried.',
    unit: 's',
    advice: { explicitBucketBoundaries: waitBoundaries },
  });
  const durations = meter.createHistogram('http.client.request.duration', {
    description: 'Duration of HTTP client requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: requestBoundaries },
  });
  const noteRequest = allowance === false ? () => undefined : observeAllowance(meter, allowance);
  const inProgress = new Map<number, { readonly startMs: number; readonly shared: Attributes }>();

  return (event) => {
    switch (event.type) {
      case 'batch.finished':
        for (const kind of outcomeKinds) {
          if (event[kind] > 0) inputs.add(event[kind], { 'hubspot_associations.outcome': kind });
        }
        return;
      case 'request.paced':
        waits.record(event.waitedMs / 1_000, { 'hubspot_associations.wait.reason': 'allowance' });
        return;
      case 'request.retried':
        retries.add(1, { 'error.type': errorType(event.error) });
        waits.record(event.waitMs / 1_000, { 'hubspot_associations.wait.reason': 'retry' });
        return;
      case 'request.sent':
        inProgress.set(event.call, { startMs: performance.now(), shared: attributesOf(event).shared });
        noteRequest();
        return;
      case 'request.finished': {
        const request = inProgress.get(event.call);
        inProgress.delete(event.call);
        if (request === undefined) return;
        const seconds = (performance.now() - request.startMs) / 1_000;
        durations.record(seconds, { ...request.shared, ...endAttributes(event) });
        return;
      }
      default:
    }
  };
}

/** Reports the used allowance on each collection: the requests in the window that ends then. */
function observeAllowance(meter: Meter, { requests, perMs }: Allowance): () => void {
  const sent: number[] = [];
  const forget = (): void => {
    const since = performance.now() - perMs;
    while ((sent[0] ?? Infinity) <= since) sent.shift();
  };
  meter
    .createObservableGauge('hubspot_associations.allowance.used', {
      description: 'Requests of this client in the window of the allowance that ends now.',
      unit: '{request}',
    })
    .addCallback((result) => {
      forget();
      result.observe(sent.length);
    });
  meter
    .createObservableGauge('hubspot_associations.allowance.limit', {
      description: 'Requests that may be sent in one window of the allowance.',
      unit: '{request}',
    })
    .addCallback((result) => {
      result.observe(requests, { 'hubspot_associations.allowance.window_ms': perMs });
    });
  return () => {
    forget();
    sent.push(performance.now());
  };
}
