import type { SchemaSource } from '../values/arbitrary.js';
import type { ItemMaker } from '../spec/coverage-item.js';
import type { Check } from './check.js';
import { callsOf, clientOf } from '../judges/client-calls.js';
import type { Operation } from '../spec/document.js';
import { pick, requireEqual, requireThat, shown } from '../judges/failure.js';
import { placeValue } from '../values/place-value.js';
import { limitsOf, requestOfLength, someRequest } from '../values/some-request.js';
import { canBeWritten, jsonBodyOf, requestOf, withParameter, type RequestParts } from '../values/request-parts.js';
import { breakingValues } from '../values/rule-values.js';
import { isInBranch, rulesOf, type Rule } from '../spec/rules.js';
import type { Subject, ValidatorError, Violation } from '../judges/subject.js';
import { placesInBody, prismPlace, violationsOf } from '../judges/violations-of.js';

/** For each single constraint of the request: a request that breaks just that one is refused, by all, at the same place. */
export function violationChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return [
    ...bodyChecks(source, items, operation),
    ...parameterChecks(source, items, operation),
    ...limitChecks(source, items, operation),
    ...presenceChecks(source, items, operation),
  ];
}

function constraintsOf(source: SchemaSource, schema: Parameters<typeof rulesOf>[1]): Rule[] {
  return rulesOf(source.document, schema, 'request').filter(({ kind }) => kind === 'constraint');
}

function bodyChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  const content = jsonBodyOf(operation);
  if (content === undefined) return [];
  return constraintsOf(source, content.schema).map((rule) => ({
    item: items.ruleItem(operation, rule, 'the body', { group: 'request constraint' }),
    run: async (subject) => {
      const valid = someRequest(source, operation);
      for (const value of breakingValues(source, rule)) {
        const { value: body, pointer } = placeValue(source, content.schema.value, rule.location, value);
        const parts = { ...valid, body, mediaType: content.mediaType };
        // Prism takes such a body for a missing one.
        const isMissing = rule.location.length === 0 && isEmpty(body);
        if (!isMissing || operation.body?.required === true) {
          const found = await requireRefused(subject, operation, parts, [422, 400]);
          if (!isMissing) requireAtPlace(found, pointer, rule);
        }
        requireValidatorRefuses(subject, operation, body, pointer, rule);
        await requireClientRefuses(subject, operation, parts, pointer);
      }
    },
  }));
}

function isEmpty(body: unknown): boolean {
  return body === null || body === false || body === 0 || body === '';
}

function parameterChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return operation.parameters.flatMap((parameter) => {
    const named = `${parameter.in} parameter ${parameter.name}`;
    const refusedWith = async (subject: Subject, value: unknown): Promise<void> => {
      const parts = withParameter(someRequest(source, operation), parameter, value);
      const violations = await requireRefused(subject, operation, parts, [422, 400]);
      const place = [parameter.in, parameter.name.toLowerCase()].join('/');
      const found = violations.map(({ location }) => location.join('/').toLowerCase());
      requireThat(
        found.some((location) => location.startsWith(place) || location === parameter.in),
        `Prism refuses it, but not for ${place}: ${shown(violations)}`,
      );
    };
    const constraints = constraintsOf(source, parameter.schema).flatMap((rule): Check[] => {
      const values = breakingValues(source, rule).filter((value) => isDistinctAsText(source, rule, value));
      // Any text is a string where everything is text: such a constraint cannot be broken.
      if (values.length === 0 || rule.location.length > 0) return [];
      return [
        {
          item: items.ruleItem(operation, rule, named, { group: 'request constraint' }),
          run: async (subject) => {
            for (const value of values.filter((given) => canBeWritten(parameter, given)))
              await refusedWith(subject, value);
          },
        },
      ];
    });
    const missing: Check = {
      item: items.item(operation, {
        group: 'request constraint',
        title: `${named} has to be given`,
        pointer: parameter.pointer,
        keyword: 'required',
      }),
      run: async (subject) => {
        if (parameter.in !== 'path') return refusedWith(subject, undefined);
        const parts = withParameter(someRequest(source, operation), parameter, '');
        await requireRefused(subject, operation, parts, [422, 400]);
        await requireClientRefuses(subject, operation, parts, `/${parameter.name}`);
      },
    };
    return parameter.required ? [...constraints, missing] : constraints;
  });
}

/** Whether a value is still wrong after it has been written into a URL or a header, which know text only. */
function isDistinctAsText(source: SchemaSource, rule: Rule, value: unknown): boolean {
  if (typeof value === 'object') return false;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const read = [text, ...(text !== '' && Number.isFinite(Number(text)) ? [Number(text)] : [])];
  const literal = ['true', 'false'].includes(text) ? [text === 'true'] : [];
  return [...read, ...literal].every((candidate) => !source.conforms(rule.schema, candidate));
}

function limitChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  // Prism does not know the extension, so that only a call which is written by hand can refuse.
  if (!callsOf(operation).some(({ checks }) => checks)) return [];
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    item: items.item(operation, {
      group: 'request constraint',
      title: `${name} has to hold at most ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
    }),
    run: (subject) =>
      requireClientRefuses(subject, operation, requestOfLength(source, operation, name, limit + 1), `/${name}`),
  }));
}

/** What a request has to have besides what schemas say: its body, its media type and its credentials. */
function presenceChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  const { body, security } = operation;
  const refused = (change: Partial<RequestParts>, codes: readonly number[]) => async (subject: Subject) => {
    await requireRefused(subject, operation, { ...someRequest(source, operation), ...change }, codes);
  };
  const item = (title: string, pointer: string, keyword: string): Check['item'] =>
    items.item(operation, { group: 'request constraint', title, pointer, keyword });
  const checks: Check[] = [];
  if (body?.required === true) {
    checks.push({
      item: item('the body has to be given', body.pointer, 'required'),
      run: refused({ body: undefined, mediaType: undefined }, [422, 400]),
    });
  }
  if (body !== undefined) {
    const names = body.contents.map(({ mediaType }) => mediaType).join(' or ');
    checks.push({
      item: item(`the media type has to be ${names}`, `${body.pointer}/content`, 'content'),
      run: refused({ mediaType: 'application/x-undocumented' }, [415, 422, 400]),
    });
  }
  if (security.length > 0 && security.every((schemes) => schemes.length > 0)) {
    checks.push({
      item: item('the request has to be authorized', operation.securityPointer, 'security'),
      run: async (subject) => {
        await refused({ authorized: false }, [401])(subject);
        requireNoClientWithoutToken(subject);
      },
    });
  }
  return checks;
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

function requireAtPlace(violations: readonly Violation[], pointer: string, rule: Rule): void {
  const places = [...new Set(placesInBody(violations))];
  requireThat(places.length > 0, `Prism refuses it, but not for its body: ${shown(violations)}`);
  const within = prismPlace(pointer);
  const elsewhere = places.filter((place) => place !== within && !place.startsWith(`${within}/`));
  const expected = within === '' || isInBranch(rule) ? elsewhere : [];
  requireEqual(elsewhere, expected, `Prism finds something wrong elsewhere than at ${pointer}.`);
  requireThat(places.includes(within), `Prism finds nothing wrong at ${pointer}: ${shown(violations)}`);
}

/** The generated validator refuses the body, for the constraint and at the place where it is broken. */
function requireValidatorRefuses(
  subject: Subject,
  { operationId }: Operation,
  body: unknown,
  pointer: string,
  rule: Rule,
): void {
  const validate = subject.validators.requestBodies[operationId];
  requireThat(validate !== undefined, `There is no validator for the body of ${operationId}.`);
  requireThat(
    !validate(body),
    `The generated validator accepts a body that breaks ${rule.keyword} at ${pointer}: ${shown(body)}`,
  );
  requireErrorsAt(validate.errors ?? [], pointer, rule);
}

/** Every error stands at one place or below it, and one of them is about the keyword. */
export function requireErrorsAt(errors: readonly ValidatorError[], pointer: string, rule: Rule): void {
  const elsewhere = errors.filter(
    ({ instancePath }) => instancePath !== pointer && !instancePath.startsWith(`${pointer}/`),
  );
  const expected = isInBranch(rule) ? elsewhere : [];
  requireEqual(elsewhere, expected, `The validator finds something wrong elsewhere than at ${pointer}.`);
  const found = errors.filter(({ instancePath }) => instancePath === pointer).map((error) => error.keyword);
  requireThat(
    found.includes(rule.keyword),
    `The validator finds ${shown(found)} at ${pointer}, and not ${rule.keyword}.`,
  );
}

/** A call that is written by hand refuses with the same place, and sends nothing. */
async function requireClientRefuses(
  subject: Subject,
  operation: Operation,
  parts: RequestParts,
  pointer: string,
): Promise<void> {
  for (const call of callsOf(operation).filter((one) => one.checks && one.expressible(parts))) {
    let sent = 0;
    const { client } = clientOf(subject, (request) => {
      sent += 1;
      return subject.mock(request);
    });
    const error: unknown = await call.send(client, parts).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    requireEqual(sent, 0, 'The client sends a request that breaks the spec.');
    requireThat(error instanceof Error, 'The client accepts a request that breaks the spec.');
    requireEqual(
      pick(error, ['code', 'pointer']),
      { code: 'INPUT', pointer },
      `The client refuses in another way: ${String(error)}`,
    );
  }
}
