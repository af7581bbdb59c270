import { at, isJsonObject, objectOf, operationsOf, valueAt, type JsonObject } from '../../src/openapi/index.js';
import { placesWhere, type Edit } from './edit.js';
import { changedValue, distinct } from './document-edits.js';
import { mutantsOf, specMutants, type SpecMutant } from './spec-mutants.js';

/** Keywords to add wherever the capture does not have them, by kind of place. */
const additions = {
  root: {
    servers: [{ url: 'https://api.hubapi.com' }, { url: 'https://api-eu1.hubapi.com' }],
    security: [{ bearer: [] }, {}],
    webhooks: {},
    'x-added': true,
  },
  operation: {
    deprecated: true,
    security: [],
    servers: [{ url: 'https://api-eu1.hubapi.com' }],
    callbacks: {},
    externalDocs: { url: 'https://example.com/' },
    'x-added': true,
  },
  parameter: { deprecated: true, style: 'matrix', explode: true, allowReserved: true, example: 'tickets' },
  body: { 'x-added': true },
  media: { encoding: {}, example: { inputs: [] } },
  reply: { links: {}, 'x-added': true },
  schema: {
    deprecated: true,
    default: null,
    readOnly: true,
    writeOnly: true,
    example: '1',
    minProperties: 1,
    uniqueItems: true,
    minItems: 2,
    pattern: '^[0-9]+$',
    contentMediaType: 'text/html',
    'x-added': true,
  },
} satisfies Readonly<Record<string, JsonObject>>;

/** Every edit that changes the meaning of the capture: all values except prose, changed and dropped, and all additions. */
export function captureMutants(capture: JsonObject): SpecMutant[] {
  const structural = specMutants(capture);
  const known = new Set(structural.map(({ id }) => id));
  // Operations may share a parameter, and so an edit.
  const others = distinct([...leafEdits(capture), ...additionsTo(capture)]);
  return [...structural, ...mutantsOf(capture, others).filter(({ id }) => !known.has(id))];
}

const prose = ['$comment', 'description', 'summary', 'title'];

/** Changes and drops each value that is neither an object nor a list. */
function leafEdits(capture: JsonObject): Edit[] {
  const edits: Edit[] = [];
  const walk = (node: unknown, pointer: string, isNamed: boolean): void => {
    if (Array.isArray(node)) {
      node.forEach((item, index) => {
        walk(item, at(pointer, index), false);
      });
    } else if (isJsonObject(node)) {
      for (const [name, value] of Object.entries(node)) {
        if (!isNamed && prose.includes(name)) continue;
        walk(value, at(pointer, name), /^(?:properties|examples|value|paths|responses|content)$/.test(name));
      }
    } else {
      edits.push({ operator: 'set', pointer, to: typeof node === 'boolean' ? !node : changedValue(node) });
      edits.push({ operator: 'drop', pointer, to: undefined });
    }
  };
  walk(capture, '', false);
  return edits;
}

function additionsTo(capture: JsonObject): Edit[] {
  const add = (kind: keyof typeof additions, pointer: string): Edit[] => {
    const present = objectOf(valueAt(capture, pointer));
    return Object.entries(additions[kind])
      .filter(([name, value]) => JSON.stringify(present[name]) !== JSON.stringify(value))
      .map(([name, value]) => ({ operator: 'add', pointer: at(pointer, name), to: value }));
  };
  const schemas = placesWhere(
    capture,
    '/components',
    (value, pointer) =>
      typeof value['type'] === 'string' && /\/(?:schemas\/\w+|properties\/\w+|schema|items)$/.test(pointer),
  );
  return [
    ...add('root', ''),
    { operator: 'add', pointer: '/tags/-', to: { name: 'Other' } },
    { operator: 'add', pointer: '/info/license', to: { name: 'MIT' } },
    ...operationsOf(capture).flatMap(({ pointer, parameters, body, replies }) => [
      ...add('operation', pointer),
      { operator: 'add', pointer: at(pointer, 'parameters', '-'), to: optionalParameter },
      { operator: 'add', pointer: at(pointer, 'responses', '409'), to: { description: 'Added.' } },
      ...parameters.flatMap((parameter) => add('parameter', parameter.pointer)),
      ...(body === undefined ? [] : add('body', body.pointer)),
      ...[...(body?.contents ?? []), ...replies.flatMap(({ contents }) => contents)].flatMap((content) => [
        ...add('media', content.pointer),
        { operator: 'add', pointer: at(content.pointer, 'examples', 'added'), to: { value: {} } },
      ]),
      ...replies.flatMap((reply) => [
        ...add('reply', reply.pointer),
        { operator: 'add', pointer: at(reply.pointer, 'headers', 'X-Added'), to: { schema: { type: 'string' } } },
      ]),
    ]),
    ...schemas.flatMap(({ pointer }) => add('schema', pointer)),
    { operator: 'add', pointer: '/components/schemas/Added', to: { type: 'object' } },
    { operator: 'add', pointer: '/components/responses/Added', to: { description: 'Added.' } },
  ];
}

const optionalParameter = { name: 'added', in: 'query', schema: { type: 'string' } };
