import {
  at,
  isJsonObject,
  listOf,
  objectOf,
  operationsOf,
  type JsonObject,
  type Operation,
  type Parameter,
  type Reply,
} from '../../src/openapi/index.js';
import { renamed, type Edit } from './edit.js';

/** Edits that change each statement of a description about its operations, except in schemas. */
export function documentEdits(document: JsonObject): Edit[] {
  const operations = operationsOf(document);
  const shared = operations.flatMap((operation) => [
    ...operation.parameters.flatMap((parameter) => parameterEdits(parameter)),
    ...operation.replies.flatMap(({ headers }) => headers.flatMap((header) => headerEdits(header))),
    ...operation.security.flat().flatMap(({ pointer }) => [
      { operator: 'make basic', pointer: at(pointer, 'scheme'), to: 'basic' },
      { operator: 'make a key', pointer, to: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    ]),
  ]);
  const servers = listOf(document['servers']).map((_, index) => ({
    operator: 'change',
    pointer: at('/servers', index, 'url'),
    to: 'https://api.example.com',
  }));
  return distinct([...operations.flatMap((operation) => operationEdits(document, operation)), ...shared, ...servers]);
}

/** Removes duplicate edits. */
export function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.operator} ${edit.pointer}`, edit])).values()];
}

function operationEdits(document: JsonObject, operation: Operation): Edit[] {
  return [
    ...pathEdits(document, operation),
    ...methodEdits(document, operation),
    ...securityEdits(operation),
    ...bodyEdits(operation),
    ...operation.replies.flatMap((reply) => replyEdits(operation, reply)),
    ...listOf(operation.value['parameters']).flatMap((_, index) => [
      { operator: 'drop', pointer: at(operation.pointer, 'parameters', index), to: undefined },
    ]),
    { operator: 'rename', pointer: at(operation.pointer, 'operationId'), to: `${operation.operationId}Renamed` },
    ...Object.entries(objectOf(operation.value['x-hubspot-limits'])).flatMap(([name, limit]) => {
      const pointer = at(operation.pointer, 'x-hubspot-limits', name);
      return [
        { operator: 'raise', pointer, to: Number(limit) + 1 },
        { operator: 'lower', pointer, to: Number(limit) - 1 },
        { operator: 'drop', pointer: at(operation.pointer, 'x-hubspot-limits'), to: undefined },
      ];
    }),
  ];
}

function pathEdits(document: JsonObject, { path }: Operation): Edit[] {
  const paths = objectOf(document['paths']);
  const segments = path.split('/');
  const withSegments = (changed: readonly string[]): JsonObject => renamed(paths, path, changed.join('/'));
  const [first, second] = [...path.matchAll(/\{[^}]+\}/g)].map(([name]) => name);
  return [
    ...segments.flatMap((segment, index): Edit[] =>
      index === 0
        ? []
        : [
            {
              operator: `drop segment ${String(index)} of`,
              pointer: at('/paths', path),
              to: withSegments(segments.toSpliced(index, 1)),
            },
            ...(segment.startsWith('{')
              ? []
              : [
                  {
                    operator: `change segment ${String(index)} of`,
                    pointer: at('/paths', path),
                    to: withSegments(segments.with(index, `${segment}x`)),
                  },
                ]),
          ],
    ),
    ...(first === undefined || second === undefined
      ? []
      : [
          {
            operator: 'swap the parameters of',
            pointer: at('/paths', path),
            to: withSegments(
              segments.map((segment) => (segment === first ? second : segment === second ? first : segment)),
            ),
          },
        ]),
  ].map((edit) => ({ operator: `${edit.operator} ${path}`, pointer: '/paths', to: edit.to }));
}

function methodEdits(document: JsonObject, { path, method }: Operation): Edit[] {
  const item = objectOf(objectOf(document['paths'])[path]);
  return ['put', 'patch', 'post', 'delete']
    .filter((other) => !(other in item))
    .map((other) => ({
      operator: `${method} becomes ${other} of`,
      pointer: at('/paths', path),
      to: renamed(item, method, other),
    }));
}

function securityEdits({ security, securityPointer, pointer }: Operation): Edit[] {
  return [
    ...(security.length > 0 ? [{ operator: 'drop', pointer: securityPointer, to: [] }] : []),
    { operator: 'make optional', pointer: at(pointer, 'security'), to: [{}, ...security.map(() => ({}))] },
  ];
}

function bodyEdits({ body }: Operation): Edit[] {
  if (body === undefined) return [];
  return [
    { operator: 'do not require', pointer: at(body.pointer, 'required'), to: false },
    { operator: 'drop', pointer: body.pointer, to: undefined },
    ...mediaTypeEdits(body.pointer, objectOf(body.value['content'])),
  ];
}

function mediaTypeEdits(holder: string, content: JsonObject): Edit[] {
  const pointer = at(holder, 'content');
  return Object.keys(content).flatMap((mediaType) => [
    { operator: `change ${mediaType} of`, pointer, to: renamed(content, mediaType, 'application/xml') },
    {
      operator: `drop ${mediaType} of`,
      pointer,
      to: Object.fromEntries(Object.entries(content).filter(([name]) => name !== mediaType)),
    },
    ...exampleEdits(at(pointer, mediaType, 'examples'), objectOf(objectOf(content[mediaType])['examples'])),
  ]);
}

function exampleEdits(pointer: string, examples: JsonObject): Edit[] {
  return Object.entries(examples).flatMap(([name, example]) => [
    { operator: 'drop', pointer: at(pointer, name), to: undefined },
    {
      operator: 'rename',
      pointer: at(pointer, name),
      to: undefined,
      also: [{ pointer: at(pointer, `${name}Renamed`), to: example }],
    },
    { operator: 'change', pointer: at(pointer, name, 'value'), to: changedValue(objectOf(example)['value']) },
  ]);
}

/** A value of the same shape with one leaf changed. */
export function changedValue(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.length === 0 ? ['x'] : [changedValue(value[0]), ...listOf(value).slice(1)];
  if (!isJsonObject(value)) return 'x';
  const entries = Object.entries(value);
  const [name, member] = entries.at(-1) ?? ['x', undefined];
  return { ...value, [name]: changedValue(member) };
}

function replyEdits(operation: Operation, { pointer, status, value, headers }: Reply): Edit[] {
  const responses = at(operation.pointer, 'responses');
  const all = objectOf(operation.value['responses']);
  const other = status === 'default' ? '599' : String(Number(status) + 1);
  return [
    { operator: 'drop', pointer: at(responses, status), to: undefined },
    ...(other in all
      ? []
      : [{ operator: `renumber ${status} of`, pointer: responses, to: renamed(all, status, other) }]),
    ...mediaTypeEdits(pointer, objectOf(value['content'])),
    ...headers.map(({ name }) => ({ operator: 'drop', pointer: at(pointer, 'headers', name), to: undefined })),
  ];
}

function parameterEdits({ pointer, value, name, in: place }: Parameter): Edit[] {
  return [
    { operator: 'rename', pointer: at(pointer, 'name'), to: `${name}Renamed` },
    { operator: 'move', pointer: at(pointer, 'in'), to: place === 'path' ? 'query' : 'header' },
    ...exampleEdits(at(pointer, 'examples'), objectOf(value['examples'])),
  ];
}

function headerEdits({ pointer, value }: Parameter): Edit[] {
  return [
    { operator: 'require', pointer: at(pointer, 'required'), to: true },
    ...exampleEdits(at(pointer, 'examples'), objectOf(value['examples'])),
  ];
}
