import fc from 'fast-check';
import { callsFor } from '../judges/client-calls.js';
import { outcomeOf } from '../judges/client-outcome.js';
import { requireEqual, requireThat, shown } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';
import { violationsOf } from '../judges/violations-of.js';
import { coverageItem, ruleItem } from '../spec/coverage-item.js';
import { isJson, type Operation } from '../../src/openapi/index.js';
import { placeValue } from '../values/place-value.js';
import {
  canBeBody,
  canBeWritten,
  jsonBodyOf,
  requestArbitrary,
  requestOf,
  withParameter,
  type RequestParts,
} from '../values/request-parts.js';
import { permittedValues } from '../values/rule-values.js';
import { seed } from '../values/seed.js';
import { limitsOf, requestOfLength } from '../values/some-request.js';
import { rulesIn, type Check, type CheckContext } from './context.js';

/** Prism and the validators must accept every valid request, and the client must send it unchanged. */
export function requestChecks(context: CheckContext): Check[] {
  return [
    arbitraryRequestCheck(context),
    ...exampleChecks(context),
    ...permissionChecks(context),
    ...optionalBodyChecks(context),
    ...parameterChecks(context),
    ...limitChecks(context),
  ];
}

const group = 'request';

function arbitraryRequestCheck({ source, operation }: CheckContext): Check {
  const { pointer } = operation;
  return {
    item: coverageItem(operation, {
      group,
      title: 'any valid request is accepted',
      pointer,
      place: 'the request',
    }),
    run: (subject) =>
      fc.assert(
        fc.asyncProperty(requestArbitrary(source, operation), (parts) => requireAccepted(subject, operation, parts)),
        { seed, numRuns: subject.runs },
      ),
  };
}

function exampleChecks(context: CheckContext): Check[] {
  const { operation } = context;
  return (operation.body?.contents ?? []).flatMap(({ mediaType, examples }) =>
    examples.map(({ name, value, pointer }) => ({
      item: coverageItem(operation, {
        group: 'example',
        title: `the request "${name}" is accepted`,
        pointer,
        place: 'the body',
      }),
      run: (subject) => requireAccepted(subject, operation, { ...context.request, body: value, mediaType }),
    })),
  );
}

function permissionChecks(context: CheckContext): Check[] {
  const { source, operation } = context;
  const content = operation.body?.contents[0];
  if (content === undefined) return [];
  return rulesIn(context, content.schema, 'permission').map((rule) => ({
    item: ruleItem(operation, rule, 'the body', { group }),
    run: async (subject) => {
      for (const value of permittedValues(source, rule).filter((given) => canBeBody(content, given))) {
        const { value: body } = placeValue(source, content.schema.value, rule.location, value);
        await requireAccepted(subject, operation, { ...context.request, body });
      }
    },
  }));
}

function optionalBodyChecks(context: CheckContext): Check[] {
  const { body } = context.operation;
  if (body === undefined || body.required) return [];
  const title = 'the body may be left out';
  const { pointer } = body;
  return [
    {
      item: coverageItem(context.operation, { group, title, pointer, keyword: 'required', place: 'the body' }),
      run: (subject) =>
        requireAccepted(subject, context.operation, { ...context.request, body: undefined, mediaType: undefined }),
    },
  ];
}

function parameterChecks(context: CheckContext): Check[] {
  const { source, operation } = context;
  return operation.parameters.flatMap((parameter) => {
    const { pointer } = parameter;
    const place = `${parameter.in} parameter ${parameter.name}`;
    const requireAcceptedWith = (subject: Subject, value: unknown): Promise<void> =>
      requireAccepted(subject, operation, withParameter(context.request, parameter, value));
    const allowed = rulesIn(context, parameter.schema, 'permission').map((rule): Check => ({
      item: ruleItem(operation, rule, place, { group }),
      run: async (subject) => {
        const values = permittedValues(source, rule)
          .map((value) => placeValue(source, parameter.schema.value, rule.location, value).value)
          .filter((value) => canBeWritten(parameter, value));
        for (const value of values) await requireAcceptedWith(subject, value);
      },
    }));
    const absent: Check = {
      item: coverageItem(operation, { group, title: `${place} may be left out`, pointer, place }),
      run: (subject) => requireAcceptedWith(subject, undefined),
    };
    return parameter.required ? allowed : [...allowed, absent];
  });
}

/** `x-hubspot-limits` names lists of the body. Each may be as long as its limit. */
function limitChecks({ source, operation }: CheckContext): Check[] {
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    item: coverageItem(operation, {
      group,
      title: `${name} may have ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
      place: name,
    }),
    run: (subject) => requireAccepted(subject, operation, requestOfLength(source, operation, name, limit)),
  }));
}

/** Prism and the validators accept the request, and the client sends exactly this request. */
async function requireAccepted(subject: Subject, operation: Operation, parts: RequestParts): Promise<void> {
  const request = requestOf(operation, parts, subject.baseUrl);
  await requirePrismAccepts(await subject.mock(request), 'a request that conforms to the spec');
  if (jsonBodyOf(operation) !== undefined && parts.body !== undefined)
    requireValidatorAccepts(subject, operation, parts.body);
  for (const call of callsFor(operation, parts)) {
    const replies: Response[] = [];
    const { sent, error } = await outcomeOf(subject, call, parts, async (outgoing) => {
      const reply = await subject.mock(outgoing);
      replies.push(reply.clone());
      return reply;
    });
    const [request] = sent;
    const [reply] = replies;
    requireThat(request !== undefined && reply !== undefined, `The client sent nothing: ${String(error)}`);
    await requireSameRequest(request, requestOf(operation, { ...parts, body: call.bodyOf(parts) }, subject.baseUrl));
    await requirePrismAccepts(reply, 'the request that the client sent');
    requireThat(error === undefined, `The client failed on a request that conforms to the spec: ${String(error)}`);
  }
}

async function requirePrismAccepts(reply: Response, what: string): Promise<void> {
  const violations = await violationsOf(reply);
  requireThat(
    violations.length === 0 && reply.ok,
    `Prism refused ${what}, with status ${String(reply.status)}: ${shown(violations)}`,
  );
}

function requireValidatorAccepts(subject: Subject, { operationId }: Operation, body: unknown): void {
  const validate = subject.validators.requestBodies[operationId];
  requireThat(validate !== undefined, `No validator was generated for the body of ${operationId}.`);
  requireThat(validate(body), `The validator refused a body that conforms to the spec: ${shown(validate.errors)}`);
}

/** The client sent the method, URL, documented headers and body that the suite expects. */
async function requireSameRequest(sent: Request, expected: Request): Promise<void> {
  requireEqual(sent.method, expected.method, 'The client sent the wrong method.');
  requireEqual(decodedUrl(sent), decodedUrl(expected), 'The client sent the request to the wrong URL.');
  for (const [name, value] of expected.headers) {
    requireEqual(sent.headers.get(name), value, `The client sent the wrong header ${name}.`);
  }
  const json = isJson(expected.headers.get('content-type') ?? '');
  const bodyOf = async (request: Request): Promise<unknown> => {
    const text = await request.text();
    return json && text !== '' ? JSON.parse(text) : text;
  };
  requireEqual(await bodyOf(sent), await bodyOf(expected), 'The client sent the wrong body.');
}

/** Decoded, because the same URL can be encoded in several ways. */
function decodedUrl({ url }: Request): unknown {
  const { pathname, searchParams, origin } = new URL(url);
  return [origin, pathname.split('/').map(decodeURIComponent), [...searchParams].sort()];
}
