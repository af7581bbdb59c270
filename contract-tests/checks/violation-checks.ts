import { callsFor, callsOf, clientOf } from '../judges/client-calls.js';
import { outcomeOf } from '../judges/client-outcome.js';
import { pick, requireEqual, requireThat, shown } from '../judges/failure.js';
import type { Subject, Violation } from '../judges/subject.js';
import { requireValidatorRefuses } from '../judges/validator.js';
import { requireOnlyAt, violationsOf } from '../judges/violations-of.js';
import { coverageItem, ruleItem } from '../spec/coverage-item.js';
import { isJsonObject, listOf, type JsonObject, type Operation, type Parameter } from '../../src/openapi/index.js';
import type { SchemaSource } from '../values/arbitrary.js';
import { placeValue } from '../values/place-value.js';
import { canBeWritten, jsonBodyOf, requestOf, withParameter, type RequestParts } from '../values/request-parts.js';
import { breakingValues } from '../values/rule-values.js';
import { limitsOf, requestOfLength } from '../values/some-request.js';
import { rulesIn, type Check, type CheckContext } from './context.js';

/** For each constraint of the request: Prism, the validators and the client refuse a request that violates only this one, at the same place. */
export function violationChecks(context: CheckContext): Check[] {
  return [
    ...bodyChecks(context),
    ...context.operation.parameters.flatMap((parameter) => parameterChecks(context, parameter)),
    ...limitChecks(context),
    ...presenceChecks(context),
  ];
}

const group = 'request constraint';

/** Prism refuses an invalid request with the first of these statuses that the spec documents. */
const invalidRequest = [422, 400];

function bodyChecks(context: CheckContext): Check[] {
  const { source, operation } = context;
  const content = jsonBodyOf(operation);
  if (content === undefined) return [];
  return rulesIn(context, content.schema, 'constraint').map((rule) => ({
    item: ruleItem(operation, rule, 'the body', { group }),
    run: async (subject) => {
      for (const value of breakingValues(source, rule)) {
        const { value: body, pointer } = placeValue(source, content.schema.value, rule.location, value);
        const parts = { ...context.request, body, mediaType: content.mediaType };
        // Prism treats such a body as missing.
        const isMissing = rule.location.length === 0 && isEmpty(body);
        if (!isMissing) requireOnlyAt(await requireRefused(subject, operation, parts, invalidRequest), pointer, rule);
        else if (operation.body?.required === true) await requireRefused(subject, operation, parts, invalidRequest);
        requireValidatorRefuses(subject.validators.requestBodies[operation.operationId], body, pointer, rule);
        await requireClientRefuses(subject, operation, parts, pointer);
      }
    },
  }));
}

function isEmpty(body: unknown): boolean {
  return body === null || body === false || body === 0 || body === '';
}

function parameterChecks(context: CheckContext, parameter: Parameter): Check[] {
  const { source, operation, request } = context;
  const place = `${parameter.in} parameter ${parameter.name}`;
  const requireRefusedWith = async (subject: Subject, value: unknown): Promise<void> => {
    const parts = withParameter(request, parameter, value);
    const violations = await requireRefused(subject, operation, parts, invalidRequest);
    const at = [parameter.in, parameter.name.toLowerCase()].join('/');
    const found = violations.map(({ location }) => location.join('/').toLowerCase());
    requireThat(
      found.some((location) => location.startsWith(at) || location === parameter.in),
      `Prism refused the request, but reported no violation at ${at}: ${shown(violations)}`,
    );
  };
  const constraints = rulesIn(context, parameter.schema, 'constraint').flatMap((rule): Check[] => {
    const schema = parameter.schema.value;
    const values = breakingValues(source, rule)
      .map((value) => placeValue(source, schema, rule.location, value).value)
      .filter((value) => isDistinctAsText(source, schema, value) && canBeWritten(parameter, value));
    // Everything in a URL or a header is text, so a type such as string cannot be violated there.
    if (values.length === 0) return [];
    const run = async (subject: Subject): Promise<void> => {
      for (const value of values) await requireRefusedWith(subject, value);
    };
    return [{ item: ruleItem(operation, rule, place, { group }), run }];
  });
  const { pointer } = parameter;
  const missing: Check = {
    item: coverageItem(operation, { group, title: `${place} must be given`, pointer, keyword: 'required', place }),
    run: async (subject) => {
      if (parameter.in !== 'path') return requireRefusedWith(subject, undefined);
      const parts = withParameter(request, parameter, '');
      await requireRefused(subject, operation, parts, invalidRequest);
      await requireClientRefuses(subject, operation, parts, `/${parameter.name}`);
    },
  };
  return parameter.required ? [...constraints, missing] : constraints;
}

/** Whether a value is still invalid once it is text in a URL or a header. */
function isDistinctAsText(source: SchemaSource, schema: JsonObject, value: unknown): boolean {
  const isList = Array.isArray(value);
  // Any text could be a list of one item.
  if (isList !== (schema['type'] === 'array') || isJsonObject(value) || value === null) return false;
  const read = isList
    ? [listOf(value).map(String), listOf(value).map((item) => readings(item).at(-1))]
    : readings(value);
  return read.every((candidate) => !source.conforms(schema, candidate));
}

/** What a server may read a value as, once it is text. */
function readings(value: unknown): unknown[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const read = [text, ...(text !== '' && Number.isFinite(Number(text)) ? [Number(text)] : [])];
  return ['true', 'false'].includes(text) ? [...read, text === 'true'] : read;
}

function limitChecks({ source, operation }: CheckContext): Check[] {
  // Prism does not know the extension, so only hand-written calls can refuse.
  if (!callsOf(operation).some(({ validates }) => validates)) return [];
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    item: coverageItem(operation, {
      group,
      title: `${name} must have at most ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
      place: name,
    }),
    run: (subject) =>
      requireClientRefuses(subject, operation, requestOfLength(source, operation, name, limit + 1), `/${name}`),
  }));
}

/** What a request must have that no schema states: a body, a media type and credentials. */
function presenceChecks(context: CheckContext): Check[] {
  const { operation } = context;
  const { body, security, securityPointer } = operation;
  const requireRefusedWith =
    (change: Partial<RequestParts>, codes: readonly number[]) =>
    async (subject: Subject): Promise<void> => {
      await requireRefused(subject, operation, { ...context.request, ...change }, codes);
    };
  const presenceCheck = (
    title: string,
    pointer: string,
    keyword: string,
    place: string,
    run: (subject: Subject) => Promise<void>,
  ): Check => ({ item: coverageItem(operation, { group, title, pointer, keyword, place }), run });
  const ofBody =
    body === undefined
      ? []
      : [
          ...(body.required
            ? [
                presenceCheck(
                  'the body must be given',
                  body.pointer,
                  'required',
                  'the body',
                  requireRefusedWith({ body: undefined, mediaType: undefined }, invalidRequest),
                ),
              ]
            : []),
          presenceCheck(
            `the media type must be ${body.contents.map(({ mediaType }) => mediaType).join(' or ')}`,
            `${body.pointer}/content`,
            'content',
            'the body',
            requireRefusedWith({ mediaType: 'application/x-undocumented' }, [415, ...invalidRequest]),
          ),
        ];
  if (security.length === 0 || security.some((schemes) => schemes.length === 0)) return ofBody;
  const authorized = async (subject: Subject): Promise<void> => {
    await requireRefusedWith({ authorized: false }, [401])(subject);
    requireNoClientWithoutToken(subject);
  };
  return [
    ...ofBody,
    presenceCheck('the request must be authorized', securityPointer, 'security', 'the request', authorized),
  ];
}

function requireNoClientWithoutToken(subject: Subject): void {
  try {
    clientOf(subject, subject.mock, '');
  } catch (error) {
    requireEqual(
      Reflect.get(Object(error), 'code'),
      'CONFIGURATION',
      'Creating a client without a token failed with another error.',
    );
    return;
  }
  requireThat(false, 'A client was created without a token.');
}

/** Prism refuses the request, with the status that the spec documents for it. */
async function requireRefused(
  subject: Subject,
  operation: Operation,
  parts: RequestParts,
  codes: readonly number[],
): Promise<readonly Violation[]> {
  const reply = await subject.mock(requestOf(operation, parts, subject.baseUrl));
  const violations = await violationsOf(reply);
  const documented = codes.find((code) => operation.replies.some(({ status }) => status === String(code)));
  requireThat(!reply.ok, `Prism accepted a request that violates the spec, with status ${String(reply.status)}.`);
  // Without a path parameter, the path may not exist in the spec.
  if (reply.status === 404 && Object.values(parts.path).includes('')) return violations;
  if (documented !== undefined)
    requireEqual(reply.status, documented, 'Prism refused the request with the wrong status.');
  return violations;
}

/** A hand-written call refuses the request at the same place, and sends nothing. */
async function requireClientRefuses(
  subject: Subject,
  operation: Operation,
  parts: RequestParts,
  pointer: string,
): Promise<void> {
  for (const call of callsFor(operation, parts).filter(({ validates }) => validates)) {
    const { sent, error } = await outcomeOf(subject, call, parts, subject.mock);
    requireEqual(sent.length, 0, 'The client sent a request that violates the spec.');
    requireThat(error instanceof Error, 'The client accepted a request that violates the spec.');
    requireEqual(
      pick(error, ['code', 'pointer']),
      { code: 'INPUT', pointer },
      `The client refused the request for another reason: ${String(error)}`,
    );
  }
}
