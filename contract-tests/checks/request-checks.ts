import fc from 'fast-check';
import type { SchemaSource } from '../values/arbitrary.js';
import type { ItemMaker } from '../spec/coverage-item.js';
import type { Check } from './check.js';
import { callsOf, clientOf } from '../judges/client-calls.js';
import { isJson, type Operation } from '../spec/document.js';
import { requireEqual, requireThat, shown } from '../judges/failure.js';
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
import { rulesOf } from '../spec/rules.js';
import { limitsOf, requestOfLength, someRequest } from '../values/some-request.js';
import { seed } from '../values/seed.js';
import type { Subject } from '../judges/subject.js';
import { violationsOf } from '../judges/violations-of.js';

/** What every request that conforms has to do: pass Prism, pass the validators, and be sent by the client as it is. */
export function requestChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return [
    generatedRequests(source, items, operation),
    ...exampleChecks(source, items, operation),
    ...permissionChecks(source, items, operation),
    ...parameterChecks(source, items, operation),
    ...limitChecks(source, items, operation),
  ];
}

function generatedRequests(source: SchemaSource, items: ItemMaker, operation: Operation): Check {
  return {
    item: items.item(operation, {
      group: 'request',
      title: 'any request that conforms is accepted',
      pointer: operation.pointer,
    }),
    run: (subject) =>
      fc.assert(
        fc.asyncProperty(requestArbitrary(source, operation), (parts) => requireAccepted(subject, operation, parts)),
        { seed, numRuns: subject.runs },
      ),
  };
}

function exampleChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return (operation.body?.contents ?? []).flatMap(({ mediaType, examples }) =>
    examples.map(({ name, value, pointer }) => ({
      item: items.item(operation, { group: 'example', title: `the request "${name}" is accepted`, pointer }),
      run: (subject) =>
        requireAccepted(subject, operation, { ...someRequest(source, operation), body: value, mediaType }),
    })),
  );
}

function permissionChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  const content = operation.body?.contents[0];
  if (content === undefined) return [];
  const permissions = rulesOf(source.document, content.schema, 'request').filter(({ kind }) => kind === 'permission');
  return permissions.map((rule) => ({
    item: items.ruleItem(operation, rule, 'the body', { group: 'request' }),
    run: async (subject) => {
      for (const value of permittedValues(source, rule).filter((given) => canBeBody(content, given))) {
        const { value: body } = placeValue(source, content.schema.value, rule.location, value);
        await requireAccepted(subject, operation, { ...someRequest(source, operation), body });
      }
    },
  }));
}

function parameterChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return operation.parameters.flatMap((parameter) => {
    const named = `${parameter.in} parameter ${parameter.name}`;
    const permissions = rulesOf(source.document, parameter.schema, 'request').filter(
      ({ kind, location }) => kind === 'permission' && location.length === 0,
    );
    const allowed = permissions.map((rule): Check => ({
      item: items.ruleItem(operation, rule, named, { group: 'request' }),
      run: async (subject) => {
        for (const value of permittedValues(source, rule).filter((given) => canBeWritten(parameter, given))) {
          await requireAccepted(subject, operation, withParameter(someRequest(source, operation), parameter, value));
        }
      },
    }));
    const absent: Check = {
      item: items.item(operation, { group: 'request', title: `${named} may be left out`, pointer: parameter.pointer }),
      run: (subject) =>
        requireAccepted(subject, operation, withParameter(someRequest(source, operation), parameter, undefined)),
    };
    return parameter.required ? allowed : [...allowed, absent];
  });
}

/** The list of the body that `x-hubspot-limits` names, with as many items as the limit allows. */
function limitChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    item: items.item(operation, {
      group: 'request',
      title: `${name} may hold ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
    }),
    run: (subject) => requireAccepted(subject, operation, requestOfLength(source, operation, name, limit)),
  }));
}

/** A request that conforms passes Prism and the validators, and the client sends just that. */
async function requireAccepted(subject: Subject, operation: Operation, parts: RequestParts): Promise<void> {
  const request = requestOf(operation, parts, subject.baseUrl);
  await requirePasses(await subject.mock(request.clone()), 'a request that conforms to the spec');
  if (jsonBodyOf(operation) !== undefined) requireConforms(subject, operation, parts.body);
  for (const call of callsOf(operation).filter((one) => one.expressible(parts))) {
    const exchanges: { sent: Request; reply: Response }[] = [];
    const { client } = clientOf(subject, async (outgoing) => {
      const sent = outgoing.clone();
      const reply = await subject.mock(outgoing);
      exchanges.push({ sent, reply: reply.clone() });
      return reply;
    });
    const outcome: unknown = await call.send(client, parts).catch((error: unknown) => error);
    const [exchange] = exchanges;
    requireThat(exchange !== undefined, `The client sent nothing: ${String(outcome)}`);
    await requireSame(exchange.sent, requestOf(operation, { ...parts, body: call.bodyOf(parts) }, subject.baseUrl));
    await requirePasses(exchange.reply, 'the request that the client sent');
    requireThat(!(outcome instanceof Error), `The client fails with a request that conforms: ${String(outcome)}`);
  }
}

async function requirePasses(reply: Response, what: string): Promise<void> {
  const violations = await violationsOf(reply);
  requireThat(
    violations.length === 0 && reply.ok,
    `Prism refuses ${what} with ${String(reply.status)}: ${shown(violations)}`,
  );
}

function requireConforms(subject: Subject, { operationId }: Operation, body: unknown): void {
  const validate = subject.validators.requestBodies[operationId];
  requireThat(validate !== undefined, `There is no validator for the body of ${operationId}.`);
  requireThat(
    validate(body),
    `The generated validator refuses a body that conforms to the spec: ${shown(validate.errors)}`,
  );
}

/** Method, address, the documented headers and the body, as the suite writes them. */
async function requireSame(sent: Request, expected: Request): Promise<void> {
  requireEqual(sent.method, expected.method, 'The client sends another method.');
  requireEqual(decodedUrl(sent), decodedUrl(expected), 'The client sends to another address.');
  for (const [name, value] of expected.headers) {
    requireEqual(sent.headers.get(name), value, `The client sends another header ${name}.`);
  }
  const json = isJson(expected.headers.get('content-type') ?? '');
  const bodyOf = async (request: Request): Promise<unknown> => {
    const text = await request.text();
    return json && text !== '' ? JSON.parse(text) : text;
  };
  requireEqual(await bodyOf(sent), await bodyOf(expected), 'The client sends another body.');
}

/** Two writers may encode the same address in different ways. */
function decodedUrl({ url }: Request): unknown {
  const { pathname, searchParams, origin } = new URL(url);
  return [origin, pathname.split('/').map(decodeURIComponent), [...searchParams].sort()];
}
