import { isJsonObject, listOf, objectOf, type JsonObject } from './json.js';
import { at, valueAt } from './json-pointer.js';
import { child, children, follow, refuse, type Node, type Part } from './node.js';

/** A parameter of a request, or a header of a reply. */
export interface Parameter extends Part {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** Without keywords where it has none of its own. */
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
  /** Those of the path, then its own, which stand for those of the same name and place. */
  readonly parameters: readonly Parameter[];
  readonly body: (Part & { readonly required: boolean; readonly contents: readonly Content[] }) | undefined;
  readonly replies: readonly Reply[];
  /** Alternatives, each a list of schemes that are needed together. Empty when none is needed. A scheme that is not defined says nothing. */
  readonly security: readonly (readonly Part[])[];
  readonly securityPointer: string;
}

/** The methods of OpenAPI. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Every operation of a description, in the order of its paths.
 *
 * @param fail - Throws for a part that is not as OpenAPI wants it.
 */
export function operationsOf(document: JsonObject, fail: (node: Node, reason: string) => never = refuse): Operation[] {
  return new OperationReader(document, fail).operations();
}

/** Whether a media type is JSON. */
export function isJson(mediaType: string): boolean {
  return /^application\/(?:.+\+)?json(?:;|$)/.test(mediaType);
}

class OperationReader {
  constructor(
    readonly document: JsonObject,
    readonly fail: (node: Node, reason: string) => never,
  ) {}

  operations(): Operation[] {
    return members({ value: this.document, pointer: '' }, 'paths').flatMap(([path, entry]) => {
      const item = this.#map(entry);
      return methods.flatMap((method) => {
        const operation = child(item, method);
        return operation === undefined ? [] : [this.#operation(item, this.#map(operation), path, method)];
      });
    });
  }

  #operation(item: Part, operation: Part, path: string, method: string): Operation {
    const { value, pointer } = operation;
    const own = this.#parameters(operation);
    const shared = this.#parameters(item).filter(
      (parameter) => !own.some((other) => other.name === parameter.name && other.in === parameter.in),
    );
    const body = child(operation, 'requestBody');
    const securityPointer = 'security' in value ? at(pointer, 'security') : '/security';
    return {
      ...operation,
      operationId: typeof value['operationId'] === 'string' ? value['operationId'] : `${method} ${path}`,
      method,
      path,
      parameters: [...shared, ...own],
      body: body && this.#body(body),
      replies: members(operation, 'responses').map(([status, reply]) => this.#reply(status, reply)),
      security: listOf(valueAt(this.document, securityPointer)).map((alternative) =>
        Object.keys(objectOf(alternative)).map((name) => this.#securityScheme(name)),
      ),
      securityPointer,
    };
  }

  #parameters(holder: Part): Parameter[] {
    return children(child(holder, 'parameters')).map(([, entry]) => {
      const part = this.#map(entry);
      const { name, in: place } = part.value;
      if (typeof name !== 'string' || typeof place !== 'string') {
        return this.fail(part, 'is no parameter: it needs "in" and "name".');
      }
      return this.#parameter(part, name, place);
    });
  }

  #parameter(part: Part, name: string, place: string): Parameter {
    return { ...part, name, in: place, required: part.value['required'] === true, schema: this.#schema(part) };
  }

  #body(entry: Node): NonNullable<Operation['body']> {
    const body = this.#follow(entry);
    return { ...body, required: body.value['required'] === true, contents: this.#contents(body) };
  }

  #reply(status: string, entry: Node): Reply {
    const reply = this.#follow(entry);
    const headers = members(reply, 'headers').map(([name, header]) =>
      this.#parameter(this.#follow(header), name, 'header'),
    );
    return { ...reply, status, headers, contents: this.#contents(reply) };
  }

  #contents(holder: Part): Content[] {
    return children(child(holder, 'content')).map(([mediaType, node]) => {
      const media = { ...node, value: objectOf(node.value) };
      return { ...media, mediaType, schema: this.#schema(media), examples: this.#examples(media) };
    });
  }

  #examples(media: Part): Example[] {
    const single = child(media, 'example');
    const named = children(child(media, 'examples')).map(([name, entry]) => ({
      name,
      value: this.#follow(entry).value['value'],
      pointer: entry.pointer,
    }));
    return single === undefined ? named : [{ name: 'example', ...single }, ...named];
  }

  #schema(holder: Part): Part {
    return this.#follow(child(holder, 'schema') ?? { value: {}, pointer: at(holder.pointer, 'schema') });
  }

  #securityScheme(name: string): Part {
    const pointer = at('/components/securitySchemes', name);
    return this.#follow({ value: objectOf(valueAt(this.document, pointer)), pointer });
  }

  #follow(node: Node): Part {
    return follow(this.document, node, this.fail);
  }

  #map(node: Node): Part {
    const part = this.#follow(node);
    return isJsonObject(valueAt(this.document, part.pointer))
      ? part
      : this.fail(part, 'is not a map, as OpenAPI wants it here.');
  }
}

/** The members of a map in a part, without its extensions. */
function members(part: Part, name: string): [string, Node][] {
  return children(child(part, name)).filter(([key]) => !key.startsWith('x-'));
}
