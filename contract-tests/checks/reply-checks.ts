import fc from 'fast-check';
import { type SchemaSource } from '../values/arbitrary.js';
import type { ItemMaker } from '../spec/coverage-item.js';
import type { Check } from './check.js';
import { callsOf } from '../judges/client-calls.js';
import { outcomeOf, requireTyped } from '../judges/client-results.js';
import { isJson, objectOf, type Content, type Operation, type Reply } from '../spec/document.js';
import { requireEqual, requireThat, shown } from '../judges/failure.js';
import { placeValue } from '../values/place-value.js';
import { codesOf, replyArbitrary, responseOf, type ReplyParts } from '../values/reply-parts.js';
import { someRequest } from '../values/some-request.js';
import { requestOf, type RequestParts } from '../values/request-parts.js';
import { permittedValues } from '../values/rule-values.js';
import { rulesOf } from '../spec/rules.js';
import { seed } from '../values/seed.js';
import type { Subject } from '../judges/subject.js';

/** What every reply that conforms has to become: the typed result of its status, without a word of deviation. */
export function replyChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return operation.replies.flatMap((reply) => [
    ...statusChecks(source, items, operation, reply),
    ...exampleChecks(source, items, operation, reply),
    ...reply.contents.flatMap((content) => permissionChecks(source, items, operation, reply, content)),
  ]);
}

function statusChecks(source: SchemaSource, items: ItemMaker, operation: Operation, reply: Reply): Check[] {
  const contents = reply.contents.length === 0 ? [undefined] : reply.contents;
  return contents.map((content) => ({
    item: items.item(operation, {
      group: 'status',
      title: ['any reply that conforms is read', content?.mediaType].filter((part) => part !== undefined).join(', '),
      pointer: content?.pointer ?? reply.pointer,
      status: reply.status,
      at: operation.operationId,
    }),
    run: async (subject) => {
      const request = someRequest(source, operation);
      for (const code of codesOf(reply, operation.replies)) {
        await fc.assert(
          fc.asyncProperty(replyArbitrary(source, reply, content, code), (parts) =>
            requireRead(subject, operation, reply, request, parts),
          ),
          { seed, numRuns: Math.max(5, Math.ceil(subject.runs / 4)) },
        );
        await requireMocked(source, subject, operation, reply, content, request, code);
      }
    },
  }));
}

/** Prism makes up numbers without regard to a limit that is exclusive, and texts that are no Base64. */
function canBeMadeUp({ document }: SchemaSource, { schema }: Content): boolean {
  return rulesOf(document, schema, 'reply').every(
    ({ keyword, subject }) => !keyword.startsWith('exclusive') && subject !== 'byte',
  );
}

/** Replies that the mock makes up from the schema conform too. */
async function requireMocked(
  source: SchemaSource,
  subject: Subject,
  operation: Operation,
  reply: Reply,
  content: Content | undefined,
  request: RequestParts,
  code: number,
): Promise<void> {
  const ofPrism = content === undefined || canBeMadeUp(source, content);
  for (let round = 0; round < (ofPrism ? 3 : 0); round += 1) {
    const response = await askFor(subject, operation, request, `code=${String(code)}, dynamic=true`);
    requireEqual(response.status, code, `The mock has no reply with status ${String(code)}.`);
    const parts = await partsOf(response);
    // Prism gives a reply without a body a media type all the same.
    const mediaType = content === undefined && parts.body === undefined ? undefined : parts.mediaType;
    requireEqual(mediaType, content?.mediaType, 'The mock replies with another media type.');
    await requireRead(subject, operation, reply, request, { ...parts, mediaType });
  }
}

function exampleChecks(source: SchemaSource, items: ItemMaker, operation: Operation, reply: Reply): Check[] {
  return reply.contents.flatMap(({ mediaType, examples }) =>
    examples.map(({ name, value, pointer }) => ({
      item: items.item(operation, {
        group: 'example',
        title: `the reply "${name}" becomes what it says`,
        pointer,
        status: reply.status,
        at: operation.operationId,
      }),
      run: async (subject) => {
        const request = someRequest(source, operation);
        for (const status of codesOf(reply, operation.replies)) {
          const prefer = `code=${String(status)}, example=${name}`;
          const response = await askFor(subject, operation, request, prefer, mediaType);
          const parts = await partsOf(response);
          requireEqual(
            { status: parts.status, body: parts.body, mediaType: parts.mediaType },
            { status, body: value, mediaType },
            `The mock does not answer with the example "${name}".`,
          );
          await requireRead(subject, operation, reply, request, { ...parts, headers: {} });
        }
      },
    })),
  );
}

function permissionChecks(
  source: SchemaSource,
  items: ItemMaker,
  operation: Operation,
  reply: Reply,
  content: Content,
): Check[] {
  const permissions = rulesOf(source.document, content.schema, 'reply').filter(({ kind }) => kind === 'permission');
  return permissions.map((rule) => ({
    item: items.ruleItem(operation, rule, `the body (${content.mediaType})`, { group: 'status', status: reply.status }),
    run: async (subject) => {
      const request = someRequest(source, operation);
      const [status = 0] = codesOf(reply, operation.replies);
      for (const value of permittedValues(source, rule).filter((given) => canBeBody(given, content.mediaType))) {
        const { value: body } = placeValue(source, content.schema.value, rule.location, value);
        const parts = { status, headers: {}, body, mediaType: content.mediaType };
        await requireRead(subject, operation, reply, request, parts);
      }
    },
  }));
}

/** A body that is no JSON is text, which the client reads as JSON where it can be. */
function canBeBody(value: unknown, mediaType: string): boolean {
  return isJson(mediaType) || (typeof value === 'string' && /^[A-Z]?[a-zß]+ ?.*$/.test(value) && value !== 'true');
}

/** All judges accept the reply, and every call makes of it what it says. */
export async function requireRead(
  subject: Subject,
  operation: Operation,
  reply: Reply,
  request: RequestParts,
  parts: ReplyParts,
): Promise<void> {
  const sent = requestOf(operation, request, subject.baseUrl);
  const violations = await subject.judgeReply(sent, responseOf({ ...parts, headers: requiredHeaders(reply, parts) }));
  requireEqual(violations, [], `Prism refuses a reply that conforms to the spec: ${shown(parts)}`);
  const validate = subject.validators.responses[operation.operationId]?.[reply.status];
  if (parts.mediaType !== undefined) {
    requireThat(validate !== undefined, `There is no validator for the replies with status ${reply.status}.`);
    requireThat(
      validate(parts.body),
      `The validator refuses a reply that conforms: ${shown(validate.errors)} in ${shown(parts.body)}`,
    );
  }
  for (const call of callsOf(operation).filter((one) => one.expressible(request))) {
    requireTyped(call, await outcomeOf(subject, call, request, () => Promise.resolve(responseOf(parts))), parts);
  }
}

/** A reply that is made for its body alone still needs the headers that are required. */
function requiredHeaders(reply: Reply, { headers }: ReplyParts): ReplyParts['headers'] {
  const examples = reply.headers
    .filter(({ required, name }) => required && !(name in headers))
    .map(({ name, value }): [string, unknown] => [
      name,
      objectOf(Object.values(objectOf(value['examples']))[0])['value'] ?? '1',
    ]);
  return { ...headers, ...Object.fromEntries(examples) };
}

/** Asks the mock for a certain reply. */
export function askFor(
  subject: Subject,
  operation: Operation,
  request: RequestParts,
  prefer: string,
  mediaType?: string,
): Promise<Response> {
  const asking = requestOf(operation, request, subject.baseUrl);
  asking.headers.set('prefer', prefer);
  if (mediaType !== undefined) asking.headers.set('accept', mediaType);
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
