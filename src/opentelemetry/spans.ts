import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api'; // prettier-ignore
import { outcomeKinds } from '../bulk/outcome.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { BatchFinishedEvent, ClientEvent, OfCall, RequestEvent, RequestFinishedEvent } from '../client/events.js';
import { endAttributes, errorType, type RequestAttributes } from './request-attributes.js';

interface RunSpan {
  readonly span: Span;
  readonly within: Context;
  readonly outcomes: Map<string, number>;
}

/** Makes spans from a client's events: for runs, for the batches within them, and for each attempt. */
export function createSpans(
  tracer: Tracer,
  attributesOf: (event: RequestEvent) => RequestAttributes,
  recordIds: boolean,
): (event: ClientEvent) => void {
  const runs = new Map<number, RunSpan>();
  const batches = new Map<string, { readonly span: Span; readonly within: Context }>();
  const attempts = new Map<number, Span>();

  const keyOf = ({ run, batch }: Pick<OfCall, 'run' | 'batch'>): string => `${String(run)} ${String(batch)}`;
  const start = (
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    parent: Context,
  ): { span: Span; within: Context } => {
    const span = tracer.startSpan(name, { kind, attributes }, parent);
    return { span, within: trace.setSpan(parent, span) };
  };
  const failed = (span: Span, error: AnyAssociationsError): void => {
    span.setAttribute('error.type', error.code === 'STOPPED' ? error.reason : errorType(error));
    // Error messages may contain record ids.
    span.setStatus({ code: SpanStatusCode.ERROR, ...(recordIds ? { message: error.message } : {}) });
  };
  const endBatch = (event: BatchFinishedEvent): void => {
    const batch = batches.get(keyOf(event));
    const run = runs.get(event.run);
    for (const kind of outcomeKinds) {
      run?.outcomes.set(kind, (run.outcomes.get(kind) ?? 0) + event[kind]);
      batch?.span.setAttribute(`hubspot_associations.${kind}`, event[kind]);
    }
    batch?.span.end();
    batches.delete(keyOf(event));
  };
  const startAttempt = (event: RequestEvent): void => {
    const { shared, template, url } = attributesOf(event);
    const parent = batches.get(keyOf(event))?.within ?? context.active();
    const method = shared['http.request.method'];
    const resent = event.attempt === 1 ? {} : { 'http.request.resend_count': event.attempt - 1 };
    const name = template === undefined ? method : `${method} ${template}`;
    attempts.set(event.call, start(name, SpanKind.CLIENT, { ...shared, 'url.full': url, ...resent }, parent).span);
  };
  const endAttempt = (event: RequestFinishedEvent): void => {
    const span = attempts.get(event.call);
    attempts.delete(event.call);
    if (span === undefined) return;
    const { correlationId, requestId, error } = event;
    span.setAttributes(endAttributes(event));
    if (correlationId !== undefined)
      span.setAttribute('http.response.header.x-hubspot-correlation-id', [correlationId]);
    if (requestId !== undefined) span.setAttribute('http.response.header.x-request-id', [requestId]);
    if (error !== undefined) failed(span, error);
    span.end();
  };

  return (event) => {
    switch (event.type) {
      case 'run.started': {
        const { fromObjectType, toObjectType } = event;
        const attributes = { 'hubspot_associations.from_object_type': fromObjectType, 'hubspot_associations.to_object_type': toObjectType }; // prettier-ignore
        const run = start('hubspot_associations.run', SpanKind.INTERNAL, attributes, context.active());
        runs.set(event.run, { ...run, outcomes: new Map() });
        return;
      }
      case 'run.finished': {
        const run = runs.get(event.run);
        runs.delete(event.run);
        for (const [kind, count] of run?.outcomes ?? []) run?.span.setAttribute(`hubspot_associations.${kind}`, count);
        if (event.stopped !== undefined && run !== undefined) failed(run.span, event.stopped);
        run?.span.end();
        return;
      }
      case 'batch.sent': {
        const attributes = { 'hubspot_associations.batch': event.batch, 'hubspot_associations.inputs': event.inputs };
        const parent = runs.get(event.run)?.within ?? context.active();
        batches.set(keyOf(event), start('hubspot_associations.batch', SpanKind.INTERNAL, attributes, parent));
        return;
      }
      case 'batch.finished':
        endBatch(event);
        return;
      case 'request.sent':
        startAttempt(event);
        return;
      case 'request.finished':
        endAttempt(event);
        return;
      default:
    }
  };
}
