import { isJsonObject } from './json.js';
import { children, resolve, type Node, type Part } from './node.js';
import { parseSource, type YamlSource } from './yaml-source.js';

/** Where a description says something. */
export interface Place {
  /** As the description was named, such as `generated/openapi.json` or `HEAD~1:generated/openapi.json`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** JSON pointer within the file. */
  readonly pointer: string;
}

/** An OpenAPI description in which every reference leads somewhere. */
export interface Description {
  readonly root: Part;
  /** File and line of a node, or of the nearest node around it. */
  readonly place: (node: Pick<Node, 'pointer'>) => Place;
  /** What a node stands for: itself, or what its reference leads to. */
  readonly resolve: (node: Node) => Node;
  /** @throws DescriptionError, always. */
  readonly refuse: (node: Node, reason: string) => never;
}

/** A description that cannot be read; the message names file and line. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';
}

/**
 * Reads JSON or YAML.
 *
 * @param name - What messages call the description: a file, a URL, or a file of a revision.
 * @throws DescriptionError when it cannot be parsed, is not OpenAPI 3.0 or 3.1, or has a reference that leads nowhere.
 */
export function readDescription(text: string, name: string): Description {
  const source = parseSource(text);
  const fail = (line: number, reason: string): never => {
    throw new DescriptionError(`${name}:${String(line)}: ${reason}`);
  };
  const refuse: Description['refuse'] = ({ pointer }, reason) => fail(source.lineAt(pointer), reason);
  const problem = problemIn(text, name, source);
  if (problem !== undefined) fail(source.lineOfOffset(problem.offset), problem.reason);

  const value = requireOpenApi(plainValue(source, fail), refuse);
  const description: Description = {
    root: { value, pointer: '' },
    place: ({ pointer }) => ({ file: name, line: source.lineAt(pointer), pointer }),
    resolve: (node) => resolve(value, node, refuse),
    refuse,
  };
  for (const reference of references(description, description.root)) description.resolve(reference);
  return description;
}

function problemIn(
  text: string,
  name: string,
  { document }: YamlSource,
): { offset: number; reason: string } | undefined {
  const broken = /\.json$/i.test(name) ? jsonProblem(text) : undefined;
  const [problem] = document.errors;
  if (broken !== undefined || problem === undefined) return broken;
  return { offset: problem.pos[0], reason: problem.message.split(/ at line |:?\n/)[0] ?? problem.code };
}

/** YAML allows more than JSON does, such as a comma after the last member. */
function jsonProblem(text: string): { offset: number; reason: string } | undefined {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { offset: Number(/at position (\d+)/.exec(reason)?.[1] ?? text.trimEnd().length), reason };
  }
}

function plainValue({ document }: YamlSource, fail: (line: number, reason: string) => never): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return fail(1, error instanceof Error ? error.message : String(error));
  }
}

function requireOpenApi(value: unknown, refuse: Description['refuse']): Part['value'] {
  const fail = (pointer: string, reason: string): never => refuse({ value, pointer }, reason);
  if (!isJsonObject(value)) return fail('', 'is no OpenAPI description: not a map.');
  if (typeof value['swagger'] === 'string') return fail('/swagger', 'is Swagger 2; convert it to OpenAPI 3 first.');
  const version = value['openapi'];
  if (typeof version !== 'string') return fail('', 'is no OpenAPI description: it has no version in "openapi".');
  if (!/^3\.[01](\.|$)/.test(version)) return fail('/openapi', `OpenAPI ${version} cannot be read, only 3.0 and 3.1.`);
  if (!isJsonObject(value['paths'])) {
    return fail('/paths', 'describes no operation: "paths" is missing or is not a map.');
  }
  return value;
}

/** Maps whose keys are names and not keywords of OpenAPI, so that a `$ref` in them is one more name. */
const named = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'mapping']);
/** Keywords that hold data, in which a `$ref` refers to nothing. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);

function* references(
  description: Description,
  node: Node,
  within = '',
  around: readonly unknown[] = [],
): Generator<Node> {
  if (isJsonObject(node.value) && around.includes(node.value)) {
    description.refuse(node, 'contains itself, by a YAML alias.');
  }
  const names = named.has(within);
  if (!names && isJsonObject(node.value) && typeof node.value['$ref'] === 'string') yield node;
  const deeper = typeof node.value === 'object' ? [...around, node.value] : around;
  for (const [key, entry] of children(node)) {
    if (names || !(data.has(key) || key.startsWith('x-'))) {
      yield* references(description, entry, names ? '' : key, deeper);
    }
  }
}
