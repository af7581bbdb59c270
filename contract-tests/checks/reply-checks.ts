import fc from 'fast-check';
import { callsFor } from '../judges/client-calls.js';
import { outcomeOf, requireTyped } from '../judges/client-outcome.js';
import { requireEqual, requireThat, shown } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';
import { coverageItem, ruleItem, type CoverageItem } from '../spec/coverage-item.js';
import { isJson, objectOf, type Parameter } from '../../src/openapi/index.js';
import { samplesOf } from '../values/arbitrary.js';
import { placeValue } from '../values/place-value.js';
import { statusCodesOf, replyArbitrary, responseOf, type ReplyParts } from '../values/reply-parts.js';
import { canBeWritten, requestOf } from '../values/request-parts.js';
import { permittedValues } from '../values/rule-values.js';
import { seed } from '../values/seed.js';
import { replyContextsOf, rulesIn, type Check, type CheckContext, type ReplyContext } from './context.js';

/** Every valid reply must become the typed result of its status, and no deviation may be reported. */
export function replyChecks(context: CheckContext): Check[] {
  const contexts = replyContextsOf(context);
  return [
    ...contexts.flatMap((each) => [arbitraryReplyCheck(each), ...exampleChecks(each), ...permissionChecks(each)]),
    ...distinctReplies(contexts).flatMap((each) =>
      each.reply.headers.flatMap((header) => [headerCheck(each, header), ...headerPermissions(each, header)]),
    ),
  ];
}

/** One context per reply: its media types share its headers. */
export function distinctReplies(contexts: readonly ReplyContext[]): ReplyContext[] {
  return contexts.filter(({ reply }, index) => contexts.findIndex((other) => other.reply === reply) === index);
}

function commonFields({ reply, operation }: ReplyContext): Pick<CoverageItem, 'group' | 'status'> & { at: string } {
  return { group: 'status', status: reply.status, at: operation.operationId };
}

function arbitraryReplyCheck(context: ReplyContext): Check {
  const { source, operation, reply, content } = context;
  return {
    item: coverageItem(operation, {
      ...commonFields(context),
      title: ['any valid reply is accepted', content?.mediaType].filter((part) => part !== undefined).join(', '),
      pointer: content?.pointer ?? reply.pointer,
      place: 'the reply',
    }),
    run: async (subject) => {
      for (const status of statusCodesOf(reply, operation.replies)) {
        await fc.assert(
          fc.asyncProperty(replyArbitrary(source, reply, content, status), (parts) =>
            requireAccepted(context, subject, parts),
          ),
          { seed, numRuns: Math.max(5, Math.ceil(subject.runs / 4)) },
        );
        if (canPrismGenerate(context)) await requireMockConforms(context, subject, status);
      }
    },
  };
}

/** Prism ignores exclusive limits when it generates numbers, and generates invalid Base64. */
function canPrismGenerate(context: ReplyContext): boolean {
  const rules = context.content === undefined ? [] : rulesIn(context, context.content.schema, 'constraint');
  return rules.every(({ keyword, subject }) => !keyword.startsWith('exclusive') && subject !== 'byte');
}

/** Replies that the mock generates from the schema are valid, too. */
async function requireMockConforms(context: ReplyContext, subject: Subject, status: number): Promise<void> {
  const { reply, content } = context;
  for (let round = 0; round < 3; round += 1) {
    const response = await replyOfMock(context, subject, `code=${String(status)}, dynamic=true`);
    requireEqual(response.status, status, `The mock did not reply with status ${String(status)}.`);
    const parts = await partsOf(response);
    // Prism sets a media type even without a body.
    const mediaType = content === undefined && parts.body === undefined ? undefined : parts.mediaType;
    const expected = content === undefined ? undefined : reply.contents[0]?.mediaType;
    requireEqual(mediaType, expected, 'The mock replied with another media type.');
    await requireAccepted(context, subject, { ...parts, mediaType });
  }
}

function exampleChecks(context: ReplyContext): Check[] {
  const { operation, reply, content } = context;
  return (content?.examples ?? []).map(({ name, value, pointer }) => ({
    item: coverageItem(operation, {
      ...commonFields(context),
      group: 'example',
      title: `the reply "${name}" becomes a result or an error of its status`,
      pointer,
      place: 'the reply',
    }),
    run: async (subject) => {
      const mediaType = content?.mediaType;
      for (const status of statusCodesOf(reply, operation.replies)) {
        const parts = await partsOf(await replyOfMock(context, subject, `code=${String(status)}, example=${name}`));
        const expected = { status, headers: {}, body: value, mediaType };
        requireEqual(parts, expected, `The mock did not reply with the example "${name}".`);
        await requireAccepted(context, subject, parts);
      }
    },
  }));
}

function permissionChecks(context: ReplyContext): Check[] {
  const { source, operation, reply, content, status } = context;
  if (content === undefined) return [];
  const { mediaType } = content;
  return rulesIn(context, content.schema, 'permission').map((rule) => ({
    item: ruleItem(operation, rule, `the body (${mediaType})`, { group: 'status', status: reply.status }),
    run: async (subject) => {
      for (const value of permittedValues(source, rule).filter((given) => canBeBody(given, mediaType))) {
        const { value: body } = placeValue(source, content.schema.value, rule.location, value);
        await requireAccepted(context, subject, { status, headers: {}, body, mediaType });
      }
    },
  }));
}

/** The client parses text as JSON if it can, so a text body must not look like JSON. */
function canBeBody(value: unknown, mediaType: string): boolean {
  return isJson(mediaType) || (typeof value === 'string' && /^[A-Z]?[a-zß]+ ?.*$/.test(value) && value !== 'true');
}

function headerCheck(context: ReplyContext, header: Parameter): Check {
  const { name, pointer, value: documented } = header;
  return {
    item: coverageItem(context.operation, {
      ...commonFields(context),
      title: `the reply has the header ${name}`,
      pointer,
      place: `the header ${name}`,
    }),
    run: async (subject) => {
      const response = await replyOfMock(context, subject, `code=${String(context.status)}`);
      const [example] = Object.values(objectOf(documented['examples'])).map(objectOf);
      const value = response.headers.get(name);
      requireThat(value !== null, `The mock replied without the header ${name}.`);
      if (example !== undefined)
        requireEqual(value, String(example['value']), `The mock sent a ${name} that is not the documented example.`);
    },
  };
}

function headerPermissions(context: ReplyContext, header: Parameter): Check[] {
  const { source, operation, reply } = context;
  return rulesIn(context, header.schema, 'permission')
    .filter(({ location }) => location.length === 0)
    .map((rule) => ({
      item: ruleItem(operation, rule, `the header ${header.name}`, { group: 'status', status: reply.status }),
      run: async (subject) => {
        for (const value of permittedValues(source, rule).filter((given) => canBeWritten(header, given)))
          await requireAccepted(context, subject, replyWithHeader(context, header, value));
      },
    }));
}

/** A reply that is valid, except possibly for one header. */
export function replyWithHeader(
  { source, content, status }: ReplyContext,
  { name }: Parameter,
  value: unknown,
): ReplyParts {
  const body = content === undefined ? undefined : samplesOf(source, content.schema.value, 1)[0];
  return { status, headers: { [name]: value }, body, mediaType: content?.mediaType };
}

/** All judges accept the reply, and every call returns or throws what its status means. */
async function requireAccepted(context: ReplyContext, subject: Subject, parts: ReplyParts): Promise<void> {
  const { operation, reply, request } = context;
  const sent = requestOf(operation, request, subject.baseUrl);
  const violations = await subject.judgeReply(sent, responseOf({ ...parts, headers: requiredHeaders(context, parts) }));
  requireEqual(violations, [], `Prism refused a reply that conforms to the spec: ${shown(parts)}`);
  const validate = subject.validators.responses[operation.operationId]?.[reply.status];
  if (parts.mediaType !== undefined) {
    requireThat(validate !== undefined, `No validator was generated for replies with status ${reply.status}.`);
    requireThat(
      validate(parts.body),
      `The validator refused a reply that conforms to the spec: ${shown(validate.errors)} in ${shown(parts.body)}`,
    );
  }
  for (const call of callsFor(operation, request)) {
    requireTyped(call, await outcomeOf(subject, call, request, () => Promise.resolve(responseOf(parts))), parts);
  }
}

/** The headers of a reply, with examples for the required ones that it lacks. */
function requiredHeaders({ reply }: ReplyContext, { headers }: ReplyParts): ReplyParts['headers'] {
  const examples = reply.headers
    .filter(({ required, name }) => required && !(name in headers))
    .map(({ name, value }): [string, unknown] => [
      name,
      objectOf(Object.values(objectOf(value['examples']))[0])['value'] ?? '1',
    ]);
  return { ...headers, ...Object.fromEntries(examples) };
}

/** @param prefer - The `Prefer` header, which tells Prism which reply to send. */
function replyOfMock(
  { operation, request, content }: ReplyContext,
  subject: Subject,
  prefer: string,
): Promise<Response> {
  const outgoing = requestOf(operation, request, subject.baseUrl);
  outgoing.headers.set('prefer', prefer);
  if (prefer.includes('example=') && content !== undefined) outgoing.headers.set('accept', content.mediaType);
  return subject.mock(outgoing);
}

function mediaTypeOf(response: Response): string | undefined {
  return response.headers.get('content-type')?.split(';')[0];
}

async function partsOf(response: Response): Promise<ReplyParts> {
  const mediaType = mediaTypeOf(response);
  const text = await response.text();
  const body: unknown =
    text === '' ? undefined : mediaType !== undefined && isJson(mediaType) ? JSON.parse(text) : text;
  return { status: response.status, headers: {}, body, mediaType };
}
