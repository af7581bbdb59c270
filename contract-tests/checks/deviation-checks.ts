import { samplesOf, type SchemaSource } from '../values/arbitrary.js';
import type { ItemMaker } from '../spec/coverage-item.js';
import type { Check } from './check.js';
import { callsOf } from '../judges/client-calls.js';
import { outcomeOf, requireRefusal, requireTyped, type CallOutcome } from '../judges/client-results.js';
import { isJson, type Content, type Operation, type Parameter, type Reply } from '../spec/document.js';
import { pick, requireEqual, requireThat, shown } from '../judges/failure.js';
import { placeValue } from '../values/place-value.js';
import { codesOf, responseOf, type ReplyParts } from '../values/reply-parts.js';
import { someRequest } from '../values/some-request.js';
import { requestOf } from '../values/request-parts.js';
import { breakingValues } from '../values/rule-values.js';
import { isInBranch, rulesOf, type Rule } from '../spec/rules.js';
import type { Subject, Violation } from '../judges/subject.js';
import { requireErrorsAt } from './violation-checks.js';
import { placesInBody, prismPlace } from '../judges/violations-of.js';

/** For each single constraint of each reply: a reply that breaks just that one is noticed, by all, at the same place. */
export function deviationChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return operation.replies.flatMap((reply) => [
    ...reply.contents.flatMap((content) => [
      ...bodyChecks(source, items, operation, reply, content),
      mediaTypeCheck(source, items, operation, reply, content),
    ]),
    ...reply.headers.flatMap((header) => headerChecks(source, items, operation, reply, header)),
  ]);
}

function bodyChecks(
  source: SchemaSource,
  items: ItemMaker,
  operation: Operation,
  reply: Reply,
  content: Content,
): Check[] {
  if (!isJson(content.mediaType)) return [];
  const constraints = rulesOf(source.document, content.schema, 'reply').filter(({ kind }) => kind === 'constraint');
  return constraints.map((rule) => ({
    item: items.ruleItem(operation, rule, 'the body', { group: 'reply constraint', status: reply.status }),
    run: async (subject) => {
      const [status = 0] = codesOf(reply, operation.replies);
      for (const value of breakingValues(source, rule)) {
        const { value: body, pointer } = placeValue(source, content.schema.value, rule.location, value);
        const parts = { status, headers: {}, body, mediaType: content.mediaType };
        requirePlace(await violationsIn(source, subject, operation, parts), pointer, rule);
        requireValidatorNotices(subject, operation, reply, body, pointer, rule);
        await requireClientNotices(source, subject, operation, parts, (outcome) => {
          requireReported(outcome, pointer);
        });
      }
    },
  }));
}

function mediaTypeCheck(
  source: SchemaSource,
  items: ItemMaker,
  operation: Operation,
  reply: Reply,
  { mediaType, pointer }: Content,
): Check {
  const other = mediaType === 'text/html' ? 'application/x-undocumented' : 'text/html';
  return {
    item: items.item(operation, {
      group: 'reply constraint',
      title: `the media type has to be ${mediaType}`,
      pointer,
      keyword: 'content',
      status: reply.status,
      at: operation.operationId,
    }),
    run: async (subject) => {
      const [status = 0] = codesOf(reply, operation.replies);
      const parts = { status, headers: {}, body: '<!DOCTYPE html><title>Busy</title>', mediaType: other };
      const found = await violationsIn(source, subject, operation, parts);
      requireThat(
        found.some(({ message }) => message.includes(other)),
        `Prism accepts the media type ${other}: ${shown(found)}`,
      );
      await requireClientNotices(source, subject, operation, parts, ({ error }) => {
        requireThat(
          error instanceof Error && error.message.includes(other),
          `The client does not say that the reply is ${other}: ${String(error)}`,
        );
      });
    },
  };
}

/** What a header says cannot change what was done, so that the client reads the reply as it would without it. */
function headerChecks(
  source: SchemaSource,
  items: ItemMaker,
  operation: Operation,
  reply: Reply,
  header: Parameter,
): Check[] {
  const constraints = rulesOf(source.document, header.schema, 'reply').filter(
    ({ kind, location, keyword, schema }) =>
      kind === 'constraint' && location.length === 0 && !(keyword === 'type' && schema['type'] === 'string'),
  );
  return constraints.map((rule) => ({
    item: items.ruleItem(operation, rule, `the header ${header.name}`, {
      group: 'reply constraint',
      status: reply.status,
    }),
    run: async (subject) => {
      const [status = 0] = codesOf(reply, operation.replies);
      const [content] = reply.contents;
      const body = content === undefined ? undefined : samplesOf(source, content.schema.value, 1)[0];
      const texts = breakingValues(source, rule)
        .filter((value) => typeof value === 'string' || typeof value === 'number')
        .map(String)
        .filter((text) => /^[!-~]+$/.test(text) && !source.conforms(rule.schema, Number(text)));
      for (const value of texts) {
        const parts = { status, headers: { [header.name]: value }, body, mediaType: content?.mediaType };
        const found = await violationsIn(source, subject, operation, parts);
        const places = found.map(({ location }) => location.join('/'));
        requireEqual(
          [...new Set(places)],
          [`response/header/${header.name.toLowerCase()}`],
          'Prism finds something else.',
        );
        await requireClientNotices(source, subject, operation, parts, () => undefined);
      }
    },
  }));
}

async function violationsIn(
  source: SchemaSource,
  subject: Subject,
  operation: Operation,
  parts: ReplyParts,
): Promise<readonly Violation[]> {
  const request = requestOf(operation, someRequest(source, operation), subject.baseUrl);
  return subject.judgeReply(request, responseOf(parts));
}

function requirePlace(violations: readonly Violation[], pointer: string, rule: Rule): void {
  const inBody = violations.map(({ location, ...rest }) => ({ ...rest, location: location.slice(1) }));
  const places = [...new Set(placesInBody(inBody))];
  const within = prismPlace(pointer);
  requireThat(places.includes(within), `Prism does not notice what is wrong at ${pointer}: ${shown(violations)}`);
  const elsewhere = places.filter((place) => within !== '' && place !== within && !place.startsWith(`${within}/`));
  requireEqual(
    elsewhere,
    isInBranch(rule) ? elsewhere : [],
    `Prism finds something wrong elsewhere than at ${pointer}.`,
  );
}

function requireValidatorNotices(
  subject: Subject,
  { operationId }: Operation,
  { status }: Reply,
  body: unknown,
  pointer: string,
  rule: Rule,
): void {
  const validate = subject.validators.responses[operationId]?.[status];
  requireThat(validate !== undefined, `There is no validator for the replies with status ${status}.`);
  requireThat(
    !validate(body),
    `The validator does not notice what breaks ${rule.keyword} at ${pointer}: ${shown(body)}`,
  );
  requireErrorsAt(validate.errors ?? [], pointer, rule);
}

/** Every call ends as the reply's status says, or with a ContractError; a call that checks replies says what is wrong. */
async function requireClientNotices(
  source: SchemaSource,
  subject: Subject,
  operation: Operation,
  parts: ReplyParts,
  requireSaid: (outcome: CallOutcome) => void,
): Promise<void> {
  const request = someRequest(source, operation);
  for (const call of callsOf(operation).filter((one) => one.expressible(request))) {
    const outcome = await outcomeOf(subject, call, request, () => Promise.resolve(responseOf(parts)));
    if (parts.status >= 300) requireRefusal(outcome.error, parts);
    else if (outcome.error !== undefined) requireContractError(outcome.error, parts);
    else if (!call.checks) requireTyped(call, outcome, parts);
    if (call.checks) requireSaid(outcome);
  }
}

function requireContractError(error: unknown, { status }: ReplyParts): void {
  requireEqual(
    pick(error, ['code', 'status']),
    { code: 'CONTRACT', status },
    `The client fails in another way: ${String(error)}`,
  );
}

function requireReported({ deviations, error }: CallOutcome, pointer: string): void {
  const places = deviations.map((deviation) => deviation.pointer);
  requireThat(
    places.includes(pointer),
    `The client reports nothing at ${pointer}: ${shown(deviations)}, ${String(error)}`,
  );
}
