import { ApiError, type Refusal } from './errors.js';
import { isJsonObject, member, stringMember, stringsOf } from './json.js';
import { readRetryAfter } from './rate-limit-headers.js';
import type { Reply } from './read-body.js';
import { replyIdsOf } from './reply-ids.js';
import { adviceFor } from './status-table.js';

/** The longest quotation from a reply in a message, in characters. */
const longestQuote = 300;

/** Makes the error for a reply that is not 2xx, whatever its body contains. */
export function readRefusal(reply: Reply, maxReplyBytes: number): ApiError {
  const { request, response } = reply;
  const body = reply.isTooLong ? undefined : parse(reply.text);
  const field = (name: string): string | undefined => stringMember(body, name);
  const ids = replyIdsOf(response.headers);
  const refusal: Refusal = {
    status: response.status,
    category: field('category'),
    subCategory: field('subCategory'),
    correlationId: field('correlationId') ?? ids.correlationId,
    requestId: field('requestId') ?? ids.requestId,
    policyName: field('policyName'),
    retryAfterMs: readRetryAfter(response.headers),
    body,
  };
  const kind = [refusal.category ?? field('errorType'), refusal.policyName]
    .filter((part) => part !== undefined)
    .join(' ');
  const message = [
    `${request} was refused with ${String(response.status)}`,
    kind === '' ? '' : ` ${kind}`,
    `: ${quote(field('message')) ?? describeBody(reply, maxReplyBytes)}`,
    contextOf(body),
    refusal.correlationId === undefined ? '' : ` (correlation id ${refusal.correlationId})`,
    ` ${advice(refusal, response.headers)}`,
  ].join('');
  return new ApiError(message, refusal);
}

/** What to do about the refusal, with the missing scopes and the time to wait if the reply names them. */
function advice(refusal: Refusal, headers: Headers): string {
  const scopes = missingScopes(refusal.body);
  const retryAfter = headers.get('retry-after');
  return [
    adviceFor(refusal),
    ...(refusal.status === 403 && scopes.length > 0 ? [`It lacks one of ${scopes.join(', ')}.`] : []),
    ...(retryAfter === null ? [] : [`Retry-After: ${retryAfter}.`]),
  ].join(' ');
}

function missingScopes(body: unknown): string[] {
  const details = member(body, 'errors');
  return (Array.isArray(details) ? details : []).flatMap((detail) =>
    stringsOf(member(member(detail, 'context'), 'requiredGranularScopes')),
  );
}

/** The context of the refusal: fields, ids or allowed types, which the message itself often leaves out. */
function contextOf(body: unknown): string {
  const context = member(body, 'context');
  if (!isJsonObject(context) || Object.keys(context).length === 0) return '';
  return ` Context: ${quote(JSON.stringify(context)) ?? ''}`;
}

function describeBody({ response, text, isTooLong }: Reply, maxReplyBytes: number): string {
  if (isTooLong) return `the reply is longer than ${String(maxReplyBytes)} bytes, and was not read to its end.`;
  if (text.trim() === '') return 'the reply has no body.';
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? 'no media type';
  return `the reply is ${mediaType} without a message, ${String(text.length)} characters long.`;
}

function quote(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
