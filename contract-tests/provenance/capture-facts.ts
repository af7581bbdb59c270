import {
  at,
  follow,
  isJsonObject,
  listOf,
  methods,
  objectOf,
  valueAt,
  without,
  type JsonObject,
  type Node,
  type Part,
} from '../../src/openapi/index.js';
import { exampleValue, factsIn, type Fact } from './fact.js';
import { membersOf, notationOf, withoutProse } from './notation.js';

/** Everything that a capture states, apart from prose: whatever keyword it has, known or not, is a fact. */
export function factsOfCapture(capture: JsonObject): Fact[] {
  const { info, servers, tags, paths, components, ...others } = withoutProse(capture);
  return [
    ...factsIn(withoutProse(objectOf(info)), ['api'], '/info'),
    ...listFacts(servers, 'servers', 'url'),
    ...listFacts(tags, 'tags', 'name'),
    ...Object.entries(others).flatMap(([name, value]) => factsIn({ [name]: value }, ['api'], at('', name))),
    ...Object.entries(objectOf(paths)).flatMap(([path, item]) => factsOfPath(capture, path, item)),
    ...factsOfComponents(capture, objectOf(components)),
  ];
}

/** Where each entry has nothing to say but its name, the names are the fact. */
function listFacts(entries: unknown, name: string, key: string): Fact[] {
  const values = listOf(entries).map((entry) => {
    const facts = withoutProse(objectOf(entry));
    return Object.keys(facts).length === 1 && key in facts ? facts[key] : facts;
  });
  return entries === undefined ? [] : [{ place: ['api', name], value: values, pointer: at('', name) }];
}

function factsOfPath(capture: JsonObject, path: string, value: unknown): Fact[] {
  const item = follow(capture, { value, pointer: at('/paths', path) }, nothing);
  const shared = listOf(item.value['parameters']).map((_, index) => at(item.pointer, 'parameters', index));
  const operations = methods.filter((method) => method in item.value);
  const others = [...operations, 'parameters'].reduce(without, withoutProse(item.value));
  return [
    ...factsIn(others, ['api', path], item.pointer),
    ...(operations.length === 0 ? [{ place: ['api', 'paths', path], value: {}, pointer: item.pointer }] : []),
    ...operations.flatMap((method) => factsOfOperation(capture, path, method, at(item.pointer, method), shared)),
  ];
}

function factsOfOperation(
  capture: JsonObject,
  path: string,
  method: string,
  pointer: string,
  shared: readonly string[],
): Fact[] {
  const operation = withoutProse(objectOf(valueAt(capture, pointer)));
  const { operationId = `${method} ${path}`, parameters, requestBody, responses, ...others } = operation;
  const place = ['operations', String(operationId)];
  const own = listOf(parameters).map((_, index) => at(pointer, 'parameters', index));
  return [
    ...factsIn({ method, path }, [...place, 'facts'], pointer),
    ...Object.entries(others).flatMap(([name, value]) =>
      factsIn({ [name]: value }, [...place, 'facts'], at(pointer, name)),
    ),
    ...[...shared, ...own].flatMap((parameter) => factsOfParameter(capture, parameter, [...place, 'parameters'])),
    ...(requestBody === undefined
      ? []
      : factsOfBody(partAt(capture, at(pointer, 'requestBody')), [...place, 'requestBody'])),
    ...Object.keys(objectOf(responses)).flatMap((status) =>
      factsOfReply(capture, at(pointer, 'responses', status), [...place, 'responses', status]),
    ),
  ];
}

function partAt(capture: JsonObject, pointer: string): Part {
  return follow(capture, { value: valueAt(capture, pointer), pointer }, nothing);
}

/** A reference that leads nowhere states nothing. */
function nothing({ pointer }: Node): Part {
  return { value: {}, pointer };
}

function factsOfParameter(capture: JsonObject, from: string, place: readonly string[]): Fact[] {
  const { value, pointer } = partAt(capture, from);
  return factsIn(parameterNotation(without(value, 'name')), [...place, String(value['name'])], pointer);
}

function parameterNotation(parameter: JsonObject): JsonObject {
  const { schema, examples, ...others } = withoutProse(parameter);
  return {
    ...others,
    ...(schema === undefined ? {} : notationOf(schema)),
    ...(examples === undefined ? {} : { examples: exampleNotation(examples) }),
  };
}

function exampleNotation(examples: unknown): JsonObject {
  const named = Object.entries(objectOf(examples)).map(([name, example]): [string, unknown] => {
    const { value, ...others } = withoutProse(objectOf(example));
    const shown = exampleValue(value);
    return [name, Object.keys(others).length === 0 ? shown : { ...others, value: shown }];
  });
  return Object.fromEntries(named);
}

/** JSON is what a body is where nothing else is said. */
function factsOfBody({ value, pointer }: Part, place: readonly string[]): Fact[] {
  const { content, ...others } = withoutProse(value);
  const contents = Object.entries(objectOf(content)).map(([mediaType, media]): [string, JsonObject] => {
    const { schema, examples, ...rest } = withoutProse(objectOf(media));
    return [
      mediaType,
      {
        ...rest,
        ...(schema === undefined ? {} : schemaNotation(schema)),
        ...(examples === undefined ? {} : { examples: exampleNotation(examples) }),
      },
    ];
  });
  const [[mediaType, only] = ['', {}]] = contents;
  const alone = contents.length === 1 && mediaType === 'application/json';
  const media = alone ? only : contents.length === 0 ? {} : { content: Object.fromEntries(contents) };
  return factsIn({ ...others, ...media }, place, pointer);
}

/** A named schema is told by its name. */
function schemaNotation(schema: unknown): JsonObject {
  const { of, type, ...others } = notationOf(schema);
  const named = of !== undefined && type === 'object' && Object.keys(others).length === 0;
  return { schema: named ? of : notationOf(schema) };
}

function factsOfReply(capture: JsonObject, from: string, place: readonly string[]): Fact[] {
  const { value, pointer } = partAt(capture, from);
  const { headers, ...body } = value;
  const ofHeaders = Object.keys(objectOf(headers)).flatMap((name) => {
    const header = partAt(capture, at(pointer, 'headers', name));
    return factsIn(parameterNotation(header.value), [...place, 'headers', name], header.pointer);
  });
  const ofBody = factsOfBody({ value: body, pointer }, place);
  // A status without a body is a fact, too.
  return ofBody.length === 0 ? [{ place, value: {}, pointer }, ...ofHeaders] : [...ofBody, ...ofHeaders];
}

/** Parameters, headers, replies and bodies are told where they are used; what is used nowhere stands for itself. */
function factsOfComponents(capture: JsonObject, components: JsonObject): Fact[] {
  const { schemas, securitySchemes, ...others } = components;
  const used = referencesIn(capture);
  return [
    ...Object.entries(objectOf(securitySchemes)).flatMap(([name, scheme]) =>
      factsIn(
        withoutProse(objectOf(scheme)),
        ['api', 'securitySchemes', name],
        at('/components/securitySchemes', name),
      ),
    ),
    ...Object.entries(objectOf(schemas)).flatMap(([name, schema]) => factsOfSchema(name, schema)),
    ...Object.entries(others).flatMap(([kind, members]) =>
      Object.entries(objectOf(members))
        .map(([name, value]) => ({ place: ['components', kind, name], value, pointer: at('/components', kind, name) }))
        .filter(({ pointer }) => !used.has(pointer)),
    ),
  ];
}

function referencesIn(node: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(node, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') found.add(decodeURIComponent(value.slice(1)));
    return value;
  });
  return found;
}

/** An object is told by its members; whatever else a schema says stands under `$schema`, which no member is called. */
function factsOfSchema(name: string, schema: unknown): Fact[] {
  const pointer = at('/components/schemas', name);
  const place = ['schemas', name];
  if (!isJsonObject(schema)) return [{ place, value: schema, pointer }];
  const { type, properties, required, ...others } = withoutProse(schema);
  const isPlain = type === 'object' && properties !== undefined;
  const rest = isPlain ? notationOf(others) : notationOf(schema);
  const undocumented = isPlain ? listOf(required).filter((member) => !(String(member) in objectOf(properties))) : [];
  return [
    ...factsIn(rest, [...place, '$schema'], pointer),
    ...factsIn(undocumented.length === 0 ? {} : { required: undocumented }, [...place, '$schema'], pointer),
    ...(isPlain
      ? Object.entries(membersOf(objectOf(properties), required)).flatMap(([member, notation]) =>
          factsIn(objectOf(notation), [...place, member], at(pointer, 'properties', member)),
        )
      : []),
  ];
}
