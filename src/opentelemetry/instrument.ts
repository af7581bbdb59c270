import { metrics, trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import { emit, type ClientEvent } from '../client/events.js';
import { resolveOptions, type ClientOptions } from '../client/options.js';
import { createMetrics } from './metrics.js';
import { createRequestAttributes } from './request-attributes.js';
import { createSpans } from './spans.js';

/** Where telemetry is sent, and what it may contain. */
export interface TelemetryOptions {
  /** @defaultValue the global provider */
  readonly tracerProvider?: TracerProvider;
  /** @defaultValue the global provider */
  readonly meterProvider?: MeterProvider;
  /**
   * Whether spans may name records, in `url.full` and in error messages.
   * @defaultValue false
   */
  readonly recordIds?: boolean;
}

const scope = 'hubspot-associations';

/**
 * Returns options with which a client emits spans and metrics: a span for each run, batch and attempt, and
 * metrics of inputs by outcome, requests, retries, waits and the used allowance. They never contain an
 * access token. docs/opentelemetry.md lists all names.
 *
 * @example
 * ```ts
 * import { createAssociationsClient } from 'hubspot-associations';
 * import { instrument } from 'hubspot-associations/opentelemetry';
 *
 * const client = createAssociationsClient(instrument({ accessToken }));
 * ```
 *
 * @param options - The options of one client. Their `onEvent` is still called.
 * @throws ConfigurationError naming the invalid option.
 */
export function instrument(options: ClientOptions, telemetry: TelemetryOptions = {}): ClientOptions {
  const { tracerProvider = trace, meterProvider = metrics, recordIds = false } = telemetry;
  const { allowance, onEvent } = resolveOptions(options);
  const attributesOf = createRequestAttributes(recordIds);
  const spans = createSpans(tracerProvider.getTracer(scope), attributesOf, recordIds);
  const measure = createMetrics(meterProvider.getMeter(scope), attributesOf, allowance);
  return {
    ...options,
    onEvent: (event: ClientEvent) => {
      spans(event);
      measure(event);
      emit(onEvent, event);
    },
  };
}
