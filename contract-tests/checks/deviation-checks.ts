import { callsFor } from '../judges/client-calls.js';
import { outcomeOf, requireRefusal, requireTyped, type CallOutcome } from '../judges/client-outcome.js';
import { pick, requireEqual, requireThat, shown } from '../judges/failure.js';
import type { Subject, Violation } from '../judges/subject.js';
import { requireValidatorRefuses } from '../judges/validator.js';
import { requireOnlyAt } from '../judges/violations-of.js';
import { coverageItem, ruleItem } from '../spec/coverage-item.js';
import { isJson, type Content, type Parameter } from '../../src/openapi/index.js';
import { placeValue } from '../values/place-value.js';
import { responseOf, type ReplyParts } from '../values/reply-parts.js';
import { requestOf } from '../values/request-parts.js';
import { breakingValues } from '../values/rule-values.js';
import { replyContextsOf, rulesIn, type Check, type CheckContext, type ReplyContext } from './context.js';
import { distinctReplies, replyWithHeader } from './reply-checks.js';

/** For each constraint of each reply: Prism, the validators and the client detect a reply that violates only this one, at the same place. */
export function deviationChecks(context: CheckContext): Check[] {
  const contexts = replyContextsOf(context);
  return [
    ...contexts.flatMap((each) =>
      each.content === undefined ? [] : [...bodyChecks(each, each.content), mediaTypeCheck(each, each.content)],
    ),
    ...distinctReplies(contexts).flatMap((each) => each.reply.headers.flatMap((header) => headerChecks(each, header))),
  ];
}

const group = 'reply constraint';

function bodyChecks(context: ReplyContext, { mediaType, schema }: Content): Check[] {
  const { source, operation, reply, status } = context;
  if (!isJson(mediaType)) return [];
  return rulesIn(context, schema, 'constraint').map((rule) => ({
    item: ruleItem(operation, rule, 'the body', { group, status: reply.status }),
    run: async (subject) => {
      const validator = subject.validators.responses[operation.operationId]?.[reply.status];
      for (const value of breakingValues(source, rule)) {
        const { value: body, pointer } = placeValue(source, schema.value, rule.location, value);
        const parts = { status, headers: {}, body, mediaType };
        requireOnlyAt(await violationsIn(context, subject, parts), pointer, rule);
        requireValidatorRefuses(validator, body, pointer, rule);
        await requireClientDetects(context, subject, parts, ({ deviations, error }) => {
          requireThat(
            deviations.some((deviation) => deviation.pointer === pointer),
            `The client reported no deviation at ${pointer}, only ${shown(deviations)}; its error: ${String(error)}`,
          );
        });
      }
    },
  }));
}

function mediaTypeCheck(context: ReplyContext, { mediaType, pointer }: Content): Check {
  const { operation, reply, status } = context;
  const other = mediaType === 'text/html' ? 'application/x-undocumented' : 'text/html';
  return {
    item: coverageItem(operation, {
      group,
      title: `the media type must be ${mediaType}`,
      pointer,
      keyword: 'content',
      status: reply.status,
      place: 'the reply',
      at: operation.operationId,
    }),
    run: async (subject) => {
      const parts = { status, headers: {}, body: '<!DOCTYPE html><title>Busy</title>', mediaType: other };
      const found = await violationsIn(context, subject, parts);
      requireThat(
        found.some(({ message }) => message.includes(other)),
        `Prism accepted the undocumented media type ${other}: ${shown(found)}`,
      );
      await requireClientDetects(context, subject, parts, ({ error }) => {
        requireThat(
          error instanceof Error && error.message.includes(other),
          `The error of the client does not mention the media type ${other}: ${String(error)}`,
        );
      });
    },
  };
}

/** A header does not change what the server has done, so the client ignores a broken one. */
function headerChecks(context: ReplyContext, header: Parameter): Check[] {
  const { source, operation, reply } = context;
  const place = `the header ${header.name}`;
  return rulesIn(context, header.schema, 'constraint')
    .filter(
      ({ location, keyword, schema }) => location.length === 0 && !(keyword === 'type' && schema['type'] === 'string'),
    )
    .map((rule) => ({
      item: ruleItem(operation, rule, place, { group, status: reply.status }),
      run: async (subject) => {
        const texts = breakingValues(source, rule)
          .filter((value) => typeof value === 'string' || typeof value === 'number')
          .map(String)
          .filter((text) => /^[!-~]+$/.test(text) && !source.conforms(rule.schema, Number(text)));
        for (const text of texts) {
          const parts = replyWithHeader(context, header, text);
          const found = await violationsIn(context, subject, parts);
          const places = [...new Set(found.map(({ location }) => location.join('/')))];
          requireEqual(places, [`header/${header.name.toLowerCase()}`], 'Prism found violations at other places.');
          await requireClientDetects(context, subject, parts, () => undefined);
        }
      },
    }));
}

function violationsIn(context: ReplyContext, subject: Subject, parts: ReplyParts): Promise<readonly Violation[]> {
  const request = requestOf(context.operation, context.request, subject.baseUrl);
  return subject.judgeReply(request, responseOf(parts));
}

/** Every call ends as the status says, or with a ContractError. A call that validates replies also reports the deviation. */
async function requireClientDetects(
  { operation, request }: ReplyContext,
  subject: Subject,
  parts: ReplyParts,
  requireReported: (outcome: CallOutcome) => void,
): Promise<void> {
  for (const call of callsFor(operation, request)) {
    const outcome = await outcomeOf(subject, call, request, () => Promise.resolve(responseOf(parts)));
    if (parts.status >= 300) requireRefusal(outcome.error, parts);
    else if (outcome.error !== undefined) {
      const expected = { code: 'CONTRACT', status: parts.status };
      const { code, status } = pick(outcome.error, ['code', 'status']);
      requireEqual({ code, status }, expected, 'The call failed with another error.');
    } else if (!call.validates) requireTyped(call, outcome, parts);
    if (call.validates) requireReported(outcome);
  }
}
