import { ApiError } from './errors.js';
import { isJsonObject, member, stringMember, stringsOf } from './json.js';
import { readRetryAfter } from './rate-limit-headers.js';
import type { Reply } from './read-body.js';
import { replyIdsOf } from './reply-ids.js';

/** The longest piece of a reply that a message repeats, in characters. */
const longestQuote = 300;

/** Makes the error of a reply that is not 2xx, whatever its body is. */
export function readRefusal(reply: Reply, maxReplyBytes: number): ApiError {
  const { request, response } = reply;
  const body = reply.isTooLong ? undefined : parse(reply.text);
  const field = (name: string): string | undefined => stringMember(body, name);
  const ids = replyIdsOf(response.headers);
  const refusal = {
    status: response.status,
    category: field('category') ?? field('errorType'),
    subCategory: field('subCategory'),
    correlationId: field('correlationId') ?? ids.correlationId,
    requestId: field('requestId') ?? ids.requestId,
    policyName: field('policyName'),
    retryAfterMs: readRetryAfter(response.headers),
    body,
  };
  const kind = [refusal.category, refusal.policyName].filter((part) => part !== undefined).join(' ');
  const message = [
    `${request} was refused with ${String(response.status)}`,
    kind === '' ? '' : ` ${kind}`,
    `: ${quote(field('message')) ?? describeBody(reply, maxReplyBytes)}`,
    contextOf(body),
    refusal.correlationId === undefined ? '' : ` (correlation id ${refusal.correlationId})`,
    ` ${advice(response, body, refusal.policyName)}`,
  ].join('');
  return new ApiError(message, { ...refusal, category: field('category') });
}

function advice(response: Response, body: unknown, policyName: string | undefined): string {
  const retryAfter = response.headers.get('retry-after');
  const later = retryAfter === null ? '' : ` Retry-After: ${retryAfter}.`;
  switch (response.status) {
    case 400:
      return 'Nothing of this request was done: correct it and send it again.';
    case 401:
      return 'Check that the access token is right and has not expired.';
    case 403:
      return missingScopes(body);
    case 404:
      return 'Check the base URL and the object types.';
    case 413:
      return 'Send fewer inputs in one request.';
    case 423:
      return `The records are locked: wait at least two seconds and send it again.${later}`;
    case 429:
      return policyName === 'DAILY'
        ? 'The allowance of the day is used up: come back after midnight in the time zone of the account.'
        : `Send fewer requests at a time, and this one again after the window has passed.${later}`;
    case 477:
      return `The account is being moved: come back later.${later}`;
    default:
      if (response.status >= 500) return `It may have been carried out all the same: send it again later.${later}`;
      return response.status < 400 ? 'Redirects are not followed: correct the base URL.' : 'Correct the request.';
  }
}

function missingScopes(body: unknown): string {
  const details = member(body, 'errors');
  const scopes = (Array.isArray(details) ? details : []).flatMap((detail) =>
    stringsOf(member(member(detail, 'context'), 'requiredGranularScopes')),
  );
  return scopes.length === 0
    ? 'Grant the app of this token the scopes that these object types need.'
    : `Grant the app of this token one of the scopes that it lacks: ${scopes.join(', ')}.`;
}

/** What the refusal is about, which its message often leaves to the context: names of fields, ids, allowed types. */
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
