/** A JSON object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A part of the description, and where it stands. */
export interface Part {
  readonly value: JsonObject;
  /** JSON pointer of the place, after every reference has been followed. */
  readonly pointer: string;
}

/** A parameter of a request, or a header of a reply. */
export interface Parameter extends Part {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Part;
}

/** One media type of a body. */
export interface Content extends Part {
  readonly mediaType: string;
  readonly schema: Part;
  readonly examples: readonly Example[];
}

/** A named example. */
interface Example {
  readonly name: string;
  readonly value: unknown;
  readonly pointer: string;
}

/** What is documented for one status. */
export interface Reply extends Part {
  /** As the description has it, such as `201`, `4XX` or `default`. */
  readonly status: string;
  readonly headers: readonly Parameter[];
  readonly contents: readonly Content[];
}

/** One operation with all that belongs to it, references followed. */
export interface Operation extends Part {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: (Part & { readonly required: boolean; readonly contents: readonly Content[] }) | undefined;
  readonly replies: readonly Reply[];
  /** Alternatives, each a list of schemes that are needed together. Empty when none is needed. */
  readonly security: readonly (readonly Part[])[];
  readonly securityPointer: string;
}

/** The methods of OpenAPI. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Whether a value is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** An object without one of its members. */
export function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** The value as a list; an empty one where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A pointer one step further. */
export function at(pointer: string, ...steps: (string | number)[]): string {
  return [pointer, ...steps.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a place of the document. */
export function valueAt(document: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>(
    (node, step) => (Array.isArray(node) ? node[Number(step)] : objectOf(node)[step]),
    document,
  );
}

/** Follows references until there is something else. */
export function follow(document: JsonObject, { value, pointer }: Part): Part {
  const reference = value['$ref'];
  if (typeof reference !== 'string') return { value, pointer };
  if (!reference.startsWith('#/')) throw new Error(`${pointer}: the reference ${reference} leaves the document.`);
  const target = decodeURIComponent(reference.slice(1));
  return follow(document, { value: objectOf(valueAt(document, target)), pointer: target });
}

/** Every operation of a description. */
export function operationsOf(document: JsonObject): Operation[] {
  return Object.entries(objectOf(document['paths'])).flatMap(([path, pathItem]) => {
    const item = follow(document, { value: objectOf(pathItem), pointer: at('/paths', path) });
    return methods.filter((method) => method in item.value).map((method) => operationAt(document, item, path, method));
  });
}

function operationAt(document: JsonObject, item: Part, path: string, method: string): Operation {
  const value = objectOf(item.value[method]);
  const pointer = at(item.pointer, method);
  const own = parametersOf(document, value, pointer);
  const shared = parametersOf(document, item.value, item.pointer).filter(
    (parameter) => !own.some((other) => other.name === parameter.name && other.in === parameter.in),
  );
  const securityPointer = 'security' in value ? at(pointer, 'security') : '/security';
  return {
    value,
    pointer,
    operationId: typeof value['operationId'] === 'string' ? value['operationId'] : `${method} ${path}`,
    method,
    path,
    parameters: [...shared, ...own],
    body: 'requestBody' in value ? bodyOf(document, objectOf(value['requestBody']), pointer) : undefined,
    replies: Object.entries(objectOf(value['responses'])).map(([status, reply]) =>
      replyOf(document, status, { value: objectOf(reply), pointer: at(pointer, 'responses', status) }),
    ),
    security: listOf(valueAt(document, securityPointer)).map((alternative) =>
      Object.keys(objectOf(alternative)).map((name) => {
        const place = at('/components/securitySchemes', name);
        return follow(document, { value: objectOf(valueAt(document, place)), pointer: place });
      }),
    ),
    securityPointer,
  };
}

function bodyOf(document: JsonObject, value: JsonObject, pointer: string): NonNullable<Operation['body']> {
  const body = follow(document, { value, pointer: at(pointer, 'requestBody') });
  return { ...body, required: body.value['required'] === true, contents: contentsOf(document, body) };
}

function replyOf(document: JsonObject, status: string, part: Part): Reply {
  const reply = follow(document, part);
  const headers = Object.entries(objectOf(reply.value['headers'])).map(([name, header]) => {
    const place = { value: objectOf(header), pointer: at(reply.pointer, 'headers', name) };
    return parameterOf(document, follow(document, place), { name, in: 'header' });
  });
  return { ...reply, status, headers, contents: contentsOf(document, reply) };
}

function parametersOf(document: JsonObject, holder: JsonObject, pointer: string): Parameter[] {
  return listOf(holder['parameters']).map((entry, index) => {
    const part = follow(document, { value: objectOf(entry), pointer: at(pointer, 'parameters', index) });
    return parameterOf(document, part, { name: String(part.value['name']), in: String(part.value['in']) });
  });
}

function parameterOf(document: JsonObject, part: Part, named: { name: string; in: string }): Parameter {
  if (!('schema' in part.value)) throw new Error(`${part.pointer}: a parameter without a schema is not supported.`);
  const schema = { value: objectOf(part.value['schema']), pointer: at(part.pointer, 'schema') };
  return { ...part, ...named, required: part.value['required'] === true, schema: follow(document, schema) };
}

function contentsOf(document: JsonObject, holder: Part): Content[] {
  return Object.entries(objectOf(holder.value['content'])).map(([mediaType, media]) => {
    const pointer = at(holder.pointer, 'content', mediaType);
    const value = objectOf(media);
    const schema = follow(document, { value: objectOf(value['schema']), pointer: at(pointer, 'schema') });
    return { value, pointer, mediaType, schema, examples: examplesOf(document, value, pointer) };
  });
}

function examplesOf(document: JsonObject, media: JsonObject, pointer: string): Example[] {
  const named = Object.entries(objectOf(media['examples'])).map(([name, entry]) => {
    const place = at(pointer, 'examples', name);
    return { name, value: follow(document, { value: objectOf(entry), pointer: place }).value['value'], pointer: place };
  });
  return 'example' in media
    ? [{ name: 'example', value: media['example'], pointer: at(pointer, 'example') }, ...named]
    : named;
}

/** Whether a media type is JSON. */
export function isJson(mediaType: string): boolean {
  return /^application\/(?:.+\+)?json(?:;|$)/.test(mediaType);
}
