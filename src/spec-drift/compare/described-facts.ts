import { at, child, children, type Content, type Description, type Node, type Reply } from '../../openapi/index.js';
import type { Operation } from '../../spec-diff/index.js';
import type { Capture } from './capture.js';
import type { Notation } from '../page/notation.js';
import type { Entry, EntryList, PageFacts, Stated } from '../page/facts.js';

/** The name of HubSpot's description in provenance.yaml. */
export const descriptionPlace = 'published description';

/** Converts an operation of HubSpot's description to the facts of a page with complete lists and no samples. */
export function describedFacts(operation: Operation, capture: Capture): PageFacts {
  const { description } = operation;
  const stated = (value: string, node: Pick<Node, 'pointer'>): Stated<string> => ({
    value,
    line: lineOf(description, node),
  });
  const successes = operation.replies.filter(({ status }) => /^2\d\d$/.test(status));
  const success = successes.find(({ status }) => status === capture.status) ?? successes[0];
  const bodies = operation.body?.contents ?? [];
  const body = bodies.find(({ mediaType }) => mediaType === capture.mediaType) ?? bodies[0];
  const servers = children(child(description.root, 'servers')).map(([, node]) => text(child(node, 'url')));
  const [server] = servers.includes(capture.server) ? [] : servers;
  return {
    methods: [stated(operation.method.toUpperCase(), operation)],
    paths: [stated(operation.path, operation)],
    ...(server === undefined || server === ''
      ? {}
      : { server: stated(server, child(description.root, 'servers') ?? operation) }),
    mediaTypes: body === undefined ? [] : [stated(body.mediaType, body)],
    ...(success === undefined
      ? {}
      : { status: stated(success.status, { pointer: at(operation.pointer, 'responses', success.status) }) }),
    lists: { ...parameterLists(operation), ...memberLists(description, body, successes) },
    samples: [],
    unread: [],
  };
}

function parameterLists({ description, onWire, pointer }: Operation): PageFacts['lists'] {
  const list = (location: string): EntryList => {
    const entries = [...onWire.values()]
      .filter((parameter) => parameter.in === location)
      .map((parameter) =>
        entryOf(description, parameter.name, child(parameter, 'schema') ?? parameter, parameter.required),
      );
    return { entries, line: lineOf(description, { pointer }), isComplete: true };
  };
  return { path: list('path'), query: list('query'), header: list('header'), cookie: list('cookie') };
}

/** Merges the members of all success replies, because the spec gives them the same members. */
function memberLists(
  description: Description,
  body: Content | undefined,
  replies: readonly Reply[],
): PageFacts['lists'] {
  const sent = body === undefined ? [] : membersOf(description, body);
  const replied = replies
    .flatMap(({ contents }) => contents.slice(0, 1))
    .map((content) => membersOf(description, content));
  const received = new Map<string, Entry>();
  for (const entry of replied.flat()) {
    const known = received.get(entry.name);
    received.set(entry.name, known === undefined ? entry : { ...known, required: known.required && entry.required });
  }
  const list = (entries: readonly Entry[]): EntryList | undefined => {
    const [first] = entries;
    return first && { entries, line: first.line, isComplete: true, sourceName: descriptionPlace };
  };
  const [request, reply] = [list(sent), list([...received.values()])];
  return { ...(request === undefined ? {} : { body: request }), ...(reply === undefined ? {} : { reply }) };
}

/** The members of a body, including nested ones, by dotted name. */
function membersOf(description: Description, content: Node): Entry[] {
  const schema = child(content, 'schema');
  return schema === undefined ? [] : entriesBelow(description, schema, '', []);
}

function entriesBelow(description: Description, schema: Node, prefix: string, ancestors: readonly string[]): Entry[] {
  const parts = partsOf(description, innermost(description, schema));
  const [{ pointer } = schema] = parts;
  // A recursive schema would have infinitely many members.
  if (ancestors.includes(pointer)) return [];
  const required = parts.flatMap((part) => children(child(part, 'required')).map(([, { value }]) => value));
  return parts
    .flatMap((part) => children(child(part, 'properties')))
    .flatMap(([name, member]) => [
      entryOf(description, prefix + name, member, required.includes(name)),
      ...entriesBelow(description, member, `${prefix}${name}.`, [...ancestors, pointer]),
    ]);
}

function entryOf(description: Description, name: string, schema: Node, required: boolean): Entry {
  const type = notation(description, schema);
  const inner = partsOf(description, innermost(description, schema));
  const values = inner.flatMap((part) => children(child(part, 'enum')).map(([, { value }]) => String(value)));
  const line = lineOf(description, schema);
  return {
    name,
    line,
    required,
    ...(type === undefined ? {} : { type }),
    ...(values.length === 0 ? {} : { values: { names: values, line, isComplete: true } }),
  };
}

/** Undefined for types that a page cannot express, such as a union. */
function notation(description: Description, schema: Node): Notation | undefined {
  const parts = partsOf(description, schema);
  const first = (keyword: string): Node | undefined => parts.map((part) => child(part, keyword)).find(Boolean);
  const type = first('type')?.value ?? (first('properties') === undefined ? undefined : 'object');
  if (typeof type !== 'string' || first('oneOf') !== undefined || first('anyOf') !== undefined) return undefined;
  if (type === 'array') {
    const items = first('items');
    const inner = items === undefined ? undefined : notation(description, items);
    return inner && { ...inner, depth: inner.depth + 1 };
  }
  const format = text(first('format'));
  return { base: type, isEnum: first('enum') !== undefined, depth: 0, ...(format === '' ? {} : { format }) };
}

/** The innermost element schema of nested arrays. */
function innermost(description: Description, schema: Node): Node {
  const items = partsOf(description, schema)
    .map((part) => child(part, 'items'))
    .find(Boolean);
  return items === undefined ? schema : innermost(description, items);
}

/** A schema and the schemas of its `allOf`. */
function partsOf(description: Description, schema: Node): Node[] {
  const resolved = description.resolve(schema);
  return [resolved, ...children(child(resolved, 'allOf')).flatMap(([, part]) => partsOf(description, part))];
}

function lineOf(description: Description, node: Pick<Node, 'pointer'>): number {
  return description.place(node).line;
}

function text(node: Node | undefined): string {
  return typeof node?.value === 'string' ? node.value : '';
}
