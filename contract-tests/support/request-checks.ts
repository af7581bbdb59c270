import fc from 'fast-check';
import { merged, samplesOf, type SchemaSource } from './arbitrary.js';
import type { CellMaker } from './cell-maker.js';
import type { Check } from './check.js';
import { callsOf, clientOf } from './client-calls.js';
import { at, isJson, isJsonObject, objectOf, type Operation } from './document.js';
import { requireEqual, requireThat, shown } from './failure.js';
import { placeValue } from './place-value.js';
import {
  canBeWritten,
  jsonBodyOf,
  requestArbitrary,
  requestOf,
  withParameter,
  type RequestParts,
} from './request-parts.js';
import { permittedValues } from './rule-values.js';
import { rulesOf } from './rules.js';
import { seed } from './seed.js';
import type { Subject } from './subject.js';
import { violationsOf } from './violations-of.js';

/** What every request that conforms has to do: pass Prism, pass the validators, and be sent by the client as it is. */
export function requestChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  return [
    generatedRequests(source, cells, operation),
    ...exampleChecks(source, cells, operation),
    ...permissionChecks(source, cells, operation),
    ...parameterChecks(source, cells, operation),
    ...limitChecks(source, cells, operation),
  ];
}

function generatedRequests(source: SchemaSource, cells: CellMaker, operation: Operation): Check {
  return {
    cell: cells.cell(operation, {
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

const requests = new WeakMap<Operation, RequestParts>();

/** A request of the operation to change one thing of; always the same one. */
export function someRequest(source: SchemaSource, operation: Operation): RequestParts {
  const known = requests.get(operation);
  if (known !== undefined) return known;
  const plain = { ...source, plain: true };
  const [parts] = fc.sample(requestArbitrary(plain, operation), { seed, numRuns: 1 });
  requireThat(parts !== undefined, `${operation.operationId} has no request that conforms.`);
  requests.set(operation, parts);
  return parts;
}

function exampleChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  return (operation.body?.contents ?? []).flatMap(({ mediaType, examples }) =>
    examples.map(({ name, value, pointer }) => ({
      cell: cells.cell(operation, { group: 'example', title: `the request "${name}" is accepted`, pointer }),
      run: (subject) =>
        requireAccepted(subject, operation, { ...someRequest(source, operation), body: value, mediaType }),
    })),
  );
}

function permissionChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  const content = operation.body?.contents[0];
  if (content === undefined) return [];
  const permissions = rulesOf(source.document, content.schema, 'request').filter(({ kind }) => kind === 'permission');
  return permissions.map((rule) => ({
    cell: cells.ruleCell(operation, rule, 'the body', { group: 'request' }),
    run: async (subject) => {
      for (const value of permittedValues(source, rule)) {
        const { value: body } = placeValue(source, content.schema.value, rule.location, value);
        await requireAccepted(subject, operation, { ...someRequest(source, operation), body });
      }
    },
  }));
}

function parameterChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  return operation.parameters.flatMap((parameter) => {
    const named = `${parameter.in} parameter ${parameter.name}`;
    const permissions = rulesOf(source.document, parameter.schema, 'request').filter(
      ({ kind, location }) => kind === 'permission' && location.length === 0,
    );
    const allowed = permissions.map((rule): Check => ({
      cell: cells.ruleCell(operation, rule, named, { group: 'request' }),
      run: async (subject) => {
        for (const value of permittedValues(source, rule).filter((given) => canBeWritten(parameter, given))) {
          await requireAccepted(subject, operation, withParameter(someRequest(source, operation), parameter, value));
        }
      },
    }));
    const absent: Check = {
      cell: cells.cell(operation, { group: 'request', title: `${named} may be left out`, pointer: parameter.pointer }),
      run: (subject) =>
        requireAccepted(subject, operation, withParameter(someRequest(source, operation), parameter, undefined)),
    };
    return parameter.required ? allowed : [...allowed, absent];
  });
}

/** The list of the body that `x-hubspot-limits` names, with as many items as the limit allows. */
function limitChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  return limitsOf(operation).map(({ name, limit, pointer }) => ({
    cell: cells.cell(operation, {
      group: 'request',
      title: `${name} may hold ${String(limit)} items`,
      pointer,
      keyword: 'x-hubspot-limits',
    }),
    run: (subject) => requireAccepted(subject, operation, requestOfLength(source, operation, name, limit)),
  }));
}

/** The limits of a request that only an extension of the description states. */
export function limitsOf(operation: Operation): { name: string; limit: number; pointer: string }[] {
  return Object.entries(objectOf(operation.value['x-hubspot-limits'])).map(([name, limit]) => ({
    name,
    limit: Number(limit),
    pointer: at(operation.pointer, 'x-hubspot-limits', name),
  }));
}

/** A request whose list has a certain length. */
export function requestOfLength(
  source: SchemaSource,
  operation: Operation,
  name: string,
  length: number,
): RequestParts {
  const parts = someRequest(source, operation);
  const body = merged(source, objectOf(jsonBodyOf(operation)?.schema.value));
  const { items } = merged(source, objectOf(objectOf(body['properties'])[name]));
  requireThat(
    isJsonObject(items),
    `x-hubspot-limits names ${name}, which is no list of the body of ${operation.operationId}.`,
  );
  const [item] = samplesOf(source, items, 1);
  return { ...parts, body: { ...objectOf(parts.body), [name]: Array.from({ length }, () => item) } };
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
