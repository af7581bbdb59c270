import fc from 'fast-check';
import { callsFor } from '../judges/client-calls.js';
import { outcomeOf, requireTyped } from '../judges/client-outcome.js';
import { requireEqual, requireThat, shown } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';
import { coverageItem, ruleItem, type CoverageItem } from '../spec/coverage-item.js';
import { isJson, objectOf, type Parameter } from '../../src/openapi/index.js';
import { samplesOf } from '../values/arbitrary.js';
import { placeValue } from '../values/place-value.js';
import { codesOf, replyArbitrary, responseOf, type ReplyParts } from '../values/reply-parts.js';
import { canBeWritten, requestOf } from '../values/request-parts.js';
import { permittedValues } from '../values/rule-values.js';
import { seed } from '../values/seed.js';
import { replyContextsOf, rulesIn, type Check, type CheckContext, type ReplyContext } from './context.js';

/** What every reply that conforms has to become: the typed result of its status, without a word of deviation. */
export function replyChecks(context: CheckContext): Check[] {
  const contexts = replyContextsOf(context);
  return [
    ...contexts.flatMap((each) => [anyReply(each), ...exampleChecks(each), ...permissionChecks(each)]),
    ...distinctReplies(contexts).flatMap((each) =>
      each.reply.headers.flatMap((header) => [headerSent(each, header), ...headerPermissions(each, header)]),
    ),
  ];
}

/** Headers belong to a reply, whatever media types it has. */
export function distinctReplies(contexts: readonly ReplyContext[]): ReplyContext[] {
  return contexts.filter(({ reply }, index) => contexts.findIndex((other) => other.reply === reply) === index);
}

function about({ reply, operation }: ReplyContext): Pick<CoverageItem, 'group' | 'status'> & { at: string } {
  return { group: 'status', status: reply.status, at: operation.operationId };
}

function anyReply(context: ReplyContext): Check {
  const { source, operation, reply, content } = context;
  return {
    item: coverageItem(operation, {
      ...about(context),
      title: ['any reply that conforms is read', content?.mediaType].filter((part) => part !== undefined).join(', '),
      pointer: content?.pointer ?? reply.pointer,
      place: 'the reply',
    }),
    run: async (subject) => {
      for (const status of codesOf(reply, operation.replies)) {
        await fc.assert(
          fc.asyncProperty(replyArbitrary(source, reply, content, status), (parts) =>
            requireRead(context, subject, parts),
          ),
          { seed, numRuns: Math.max(5, Math.ceil(subject.runs / 4)) },
        );
        if (canBeGenerated(context)) await requireMocked(context, subject, status);
      }
    },
  };
}

/** Prism generates numbers without regard to a limit that is exclusive, and texts that are no Base64. */
function canBeGenerated(context: ReplyContext): boolean {
  const rules = context.content === undefined ? [] : rulesIn(context, context.content.schema, 'constraint');
  return rules.every(({ keyword, subject }) => !keyword.startsWith('exclusive') && subject !== 'byte');
}

/** Replies that the mock generates from the schema conform too. */
async function requireMocked(context: ReplyContext, subject: Subject, status: number): Promise<void> {
  const { reply, content } = context;
  for (let round = 0; round < 3; round += 1) {
    const response = await askFor(context, subject, `code=${String(status)}, dynamic=true`);
    requireEqual(response.status, status, `The mock has no reply with status ${String(status)}.`);
    const parts = await partsOf(response);
    // Prism gives a media type to a reply without a body, too.
    const mediaType = content === undefined && parts.body === undefined ? undefined : parts.mediaType;
    const expected = content === undefined ? undefined : reply.contents[0]?.mediaType;
    requireEqual(mediaType, expected, 'The mock replies with another media type.');
    await requireRead(context, subject, { ...parts, mediaType });
  }
}

function exampleChecks(context: ReplyContext): Check[] {
  const { operation, reply, content } = context;
  return (content?.examples ?? []).map(({ name, value, pointer }) => ({
    item: coverageItem(operation, {
      ...about(context),
      group: 'example',
      title: `the reply "${name}" becomes what it says`,
      pointer,
      place: 'the reply',
    }),
    run: async (subject) => {
      const mediaType = content?.mediaType;
      for (const status of codesOf(reply, operation.replies)) {
        const parts = await partsOf(await askFor(context, subject, `code=${String(status)}, example=${name}`));
        const expected = { status, headers: {}, body: value, mediaType };
        requireEqual(parts, expected, `The mock does not answer with the example "${name}".`);
        await requireRead(context, subject, parts);
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
        await requireRead(context, subject, { status, headers: {}, body, mediaType });
      }
    },
  }));
}

/** A body that is no JSON is text, which the client reads as JSON where it can be. */
function canBeBody(value: unknown, mediaType: string): boolean {
  return isJson(mediaType) || (typeof value === 'string' && /^[A-Z]?[a-zß]+ ?.*$/.test(value) && value !== 'true');
}

/** The headers of a status are documented with the reply that the mock gives. */
function headerSent(context: ReplyContext, header: Parameter): Check {
  const { name, pointer, value: documented } = header;
  return {
    item: coverageItem(context.operation, {
      ...about(context),
      title: `the reply has the header ${name}`,
      pointer,
      place: `the header ${name}`,
    }),
    run: async (subject) => {
      const response = await askFor(context, subject, `code=${String(context.status)}`);
      const [example] = Object.values(objectOf(documented['examples'])).map(objectOf);
      const value = response.headers.get(name);
      requireThat(value !== null, `The mock replies without the header ${name}.`);
      if (example !== undefined) requireEqual(value, String(example['value']), `${name} is not the example.`);
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
          await requireRead(context, subject, replyWithHeader(context, header, value));
      },
    }));
}

/** A reply that conforms but, it may be, for one header. */
export function replyWithHeader(
  { source, content, status }: ReplyContext,
  { name }: Parameter,
  value: unknown,
): ReplyParts {
  const body = content === undefined ? undefined : samplesOf(source, content.schema.value, 1)[0];
  return { status, headers: { [name]: value }, body, mediaType: content?.mediaType };
}

/** All judges accept the reply, and every call makes of it what it says. */
async function requireRead(context: ReplyContext, subject: Subject, parts: ReplyParts): Promise<void> {
  const { operation, reply, request } = context;
  const asked = requestOf(operation, request, subject.baseUrl);
  const violations = await subject.judgeReply(
    asked,
    responseOf({ ...parts, headers: requiredHeaders(context, parts) }),
  );
  requireEqual(violations, [], `Prism refuses a reply that conforms to the spec: ${shown(parts)}`);
  const validate = subject.validators.responses[operation.operationId]?.[reply.status];
  if (parts.mediaType !== undefined) {
    requireThat(validate !== undefined, `There is no validator for the replies with status ${reply.status}.`);
    requireThat(
      validate(parts.body),
      `The validator refuses a reply that conforms: ${shown(validate.errors)} in ${shown(parts.body)}`,
    );
  }
  for (const call of callsFor(operation, request)) {
    requireTyped(call, await outcomeOf(subject, call, request, () => Promise.resolve(responseOf(parts))), parts);
  }
}

/** A reply that is made for its body alone still needs the headers that are required. */
function requiredHeaders({ reply }: ReplyContext, { headers }: ReplyParts): ReplyParts['headers'] {
  const examples = reply.headers
    .filter(({ required, name }) => required && !(name in headers))
    .map(({ name, value }): [string, unknown] => [
      name,
      objectOf(Object.values(objectOf(value['examples']))[0])['value'] ?? '1',
    ]);
  return { ...headers, ...Object.fromEntries(examples) };
}

/** Asks the mock for a certain reply. */
function askFor({ operation, request, content }: ReplyContext, subject: Subject, prefer: string): Promise<Response> {
  const asking = requestOf(operation, request, subject.baseUrl);
  asking.headers.set('prefer', prefer);
  if (prefer.includes('example=') && content !== undefined) asking.headers.set('accept', content.mediaType);
  return subject.mock(asking);
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
