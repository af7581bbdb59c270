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

/** For each single constraint of the request: a request that breaks just that one is refused, by all, at the same place. */
export function violationChecks(context: CheckContext): Check[] {
  return [
    ...bodyChecks(context),
    ...context.operation.parameters.flatMap((parameter) => parameterChecks(context, parameter)),
    ...limitChecks(context),
    ...presenceChecks(context),
  ];
}

const group = 'request constraint';

/** What Prism answers to a request that breaks its description, the first of them that the spec documents. */
const refused = [422, 400];

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
        // Prism takes such a body for a missing one.
        const isMissing = rule.location.length === 0 && isEmpty(body);
        if (!isMissing) requireOnlyAt(await requireRefused(subject, operation, parts, refused), pointer, rule);
        else if (operation.body?.required === true) await requireRefused(subject, operation, parts, refused);
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
    const violations = await requireRefused(subject, operation, parts, refused);
    const at = [parameter.in, parameter.name.toLowerCase()].join('/');
    const found = violations.map(({ location }) => location.join('/').toLowerCase());
    requireThat(
      found.some((location) => location.startsWith(at) || location === parameter.in),
      `Prism refuses it, but not for ${at}: ${shown(violations)}`,
    );
  };
  const constraints = rulesIn(context, parameter.schema, 'constraint').flatMap((rule): Check[] => {
    const schema = parameter.schema.value;
    const values = breakingValues(source, rule)
      .map((value) => placeValue(source, schema, rule.location, value).value)
      .filter((value) => isDistinctAsText(source, schema, value) && canBeWritten(parameter, value));
    // Any text is a string where everything is text: such a constraint cannot be broken.
    if (values.length === 0) return [];
    const run = async (subject: Subject): Promise<void> => {
      for (const value of values) await requireRefusedWith(subject, value);
    };
    return [{ item: ruleItem(operation, rule, place, { group }), run }];
  });
  const { pointer } = parameter;
  const missing: Check = {
    item: coverageItem(operation, { group, title: `${place} has to be given`, pointer, keyword: 'required', place }),
    run: async (subject) => {
      if (parameter.in !== 'path') return requireRefusedWith(subject, undefined);
      const parts = withParameter(request, parameter, '');
      await requireRefused(subject, operation, parts, refused);
      await requireClientRefuses(subject, operation, parts, `/${parameter.name}`);
    },
  };
  return parameter.required ? [...constraints, missing] : constraints;
}

/** Whether a value is still wrong after it has been written into a URL or a header, which know text only. */
function isDistinctAsText(source: SchemaSource, schema: JsonObject, value: unknown): boolean {
  const isList = Array.isArray(value);
  // Where a list is expected, any text is the one item of a list.
  if (isList !== (schema['type'] === 'array') || isJsonObject(value) || value === null) return false;
  const read = isList
    ? [listOf(value).map(String), listOf(value).map((item) => readings(item).at(-1))]
    : readings(value);
  return read.every((candidate) => !source.conforms(schema, candidate));
}

/** What a value may be read as, once it is text. */
function readings(value: unknown): unknown[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const read = [text, ...(text !== '' && Number.isFinite(Number(text)) ? [Number(text)] : [])];
  return ['true', 'false'].includes(text) ? [...read, text === 'true'] : read;
}

function limitChecks({ source, operation }: CheckContext): Check[] {
  // Prism does not know the extension, so that only a call which is written by hand can refuse.
  if (!callsOf(operation).some(({ checks }) => checks)) return [];
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    item: coverageItem(operation, {
      group,
      title: `${name} has to hold at most ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
      place: name,
    }),
    run: (subject) =>
      requireClientRefuses(subject, operation, requestOfLength(source, operation, name, limit + 1), `/${name}`),
  }));
}

/** What a request has to have besides what schemas say: its body, its media type and its credentials. */
function presenceChecks(context: CheckContext): Check[] {
  const { operation } = context;
  const { body, security, securityPointer } = operation;
  const without =
    (change: Partial<RequestParts>, codes: readonly number[]) =>
    async (subject: Subject): Promise<void> => {
      await requireRefused(subject, operation, { ...context.request, ...change }, codes);
    };
  const present = (
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
                present(
                  'the body has to be given',
                  body.pointer,
                  'required',
                  'the body',
                  without({ body: undefined, mediaType: undefined }, refused),
                ),
              ]
            : []),
          present(
            `the media type has to be ${body.contents.map(({ mediaType }) => mediaType).join(' or ')}`,
            `${body.pointer}/content`,
            'content',
            'the body',
            without({ mediaType: 'application/x-undocumented' }, [415, ...refused]),
          ),
        ];
  if (security.length === 0 || security.some((schemes) => schemes.length === 0)) return ofBody;
  const authorized = async (subject: Subject): Promise<void> => {
    await without({ authorized: false }, [401])(subject);
    requireNoClientWithoutToken(subject);
  };
  return [
    ...ofBody,
    present('the request has to be authorized', securityPointer, 'security', 'the request', authorized),
  ];
}

function requireNoClientWithoutToken(subject: Subject): void {
  try {
    clientOf(subject, subject.mock, '');
  } catch (error) {
    requireEqual(Reflect.get(Object(error), 'code'), 'CONFIGURATION', 'A client without a token fails in another way.');
    return;
  }
  requireThat(false, 'A client can be made without a token.');
}

/** Prism refuses the request, with the status that the description has for such a request. */
async function requireRefused(
  subject: Subject,
  operation: Operation,
  parts: RequestParts,
  codes: readonly number[],
): Promise<readonly Violation[]> {
  const reply = await subject.mock(requestOf(operation, parts, subject.baseUrl));
  const violations = await violationsOf(reply);
  const documented = codes.find((code) => operation.replies.some(({ status }) => status === String(code)));
  requireThat(!reply.ok, `Prism accepts it with ${String(reply.status)}, though it breaks the spec.`);
  // A path without one of its parameters may be no path of the description at all.
  if (reply.status === 404 && Object.values(parts.path).includes('')) return violations;
  if (documented !== undefined) requireEqual(reply.status, documented, 'Prism refuses with another status.');
  return violations;
}

/** A call that is written by hand refuses with the same place, and sends nothing. */
async function requireClientRefuses(
  subject: Subject,
  operation: Operation,
  parts: RequestParts,
  pointer: string,
): Promise<void> {
  for (const call of callsFor(operation, parts).filter(({ checks }) => checks)) {
    const { sent, error } = await outcomeOf(subject, call, parts, subject.mock);
    requireEqual(sent.length, 0, 'The client sends a request that breaks the spec.');
    requireThat(error instanceof Error, 'The client accepts a request that breaks the spec.');
    requireEqual(
      pick(error, ['code', 'pointer']),
      { code: 'INPUT', pointer },
      `The client refuses in another way: ${String(error)}`,
    );
  }
}
