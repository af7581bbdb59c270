import { at, isJson, objectOf, operationsOf, type Content } from '../../src/openapi/index.js';
import { banner } from './banner.js';
import { constraintsOf } from './constraints.js';
import type { Spec } from './spec.js';
import { componentReference, standalone } from './standalone.js';

/** A schema to generate a validator for. */
interface Target {
  /**
   * The component's name, or the place of an inline schema. Without slashes, because references to
   * components are resolved relative to it.
   */
  readonly id: string;
  readonly schema: unknown;
  /** JSON pointer of the schema in the spec. */
  readonly pointer: string;
  /** The schema's type in `validators.d.ts`. */
  readonly type: string;
}

type Targets = Record<string, Target>;

interface ValidatorTree {
  readonly schemas: Targets;
  readonly requestBodies: Targets;
  readonly responses: Record<string, Targets>;
}

/**
 * `validators.js` and `validators.d.ts`: a validator for each component schema, each JSON request
 * body and each response status, in one module without imports. A response without JSON is validated
 * as text.
 */
export async function generateValidators(spec: Spec): Promise<{ code: string; types: string }> {
  const tree = validatorTree(spec);
  const { schemas, requestBodies, responses } = tree;
  const targets = [schemas, requestBodies, ...Object.values(responses)].flatMap(Object.values<Target>);
  // Schemas that differ only in annotations share a validator.
  const idOf = new Map(targets.map(({ id, schema }) => [JSON.stringify(constraintsOf(schema)), id]));
  const byId = new Map(targets.map(({ id, schema, pointer }) => [id, { value: schema, pointer }]));
  const names = new Map([...idOf.values()].map((id, index) => [id, `conforms${String(index)}`]));
  const nameOf = ({ schema }: Target): string =>
    String(names.get(idOf.get(JSON.stringify(constraintsOf(schema))) ?? ''));
  const write = (members: Targets): string =>
    `{ ${Object.entries(members)
      .map(([key, target]) => `${JSON.stringify(key)}: ${nameOf(target)}`)
      .join(', ')} }`;
  const byOperation = Object.entries(responses).map(([id, members]) => `${JSON.stringify(id)}: ${write(members)}`);
  const code = await standalone(byId, names, [
    `export const schemas = ${write(schemas)};`,
    `export const requestBodies = ${write(requestBodies)};`,
    `export const responses = { ${byOperation.join(', ')} };`,
  ]);
  return { code, types: declarations(tree) };
}

function validatorTree(spec: Spec): ValidatorTree {
  const components = spec.components?.schemas ?? {};
  const targetOf = (place: string, { value, schema: { pointer } }: Content, type: string): Target => {
    const reference = objectOf(value['schema'])['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith(componentReference))
      return { id: place, schema: value['schema'], pointer, type };
    const id = reference.slice(componentReference.length);
    return { id, schema: components[id], pointer, type };
  };

  const tree: ValidatorTree = { schemas: {}, requestBodies: {}, responses: {} };
  for (const [id, schema] of Object.entries(components)) {
    tree.schemas[id] = {
      id,
      schema,
      pointer: at('/components/schemas', id),
      type: `components['schemas'][${JSON.stringify(id)}]`,
    };
  }
  for (const { operationId: id, body: sent, replies } of operationsOf(spec)) {
    const operation = `operations[${JSON.stringify(id)}]`;
    const body = contentOf(sent?.contents ?? [], isJson);
    if (body !== undefined) {
      const type = `NonNullable<${operation}['requestBody']>['content'][${JSON.stringify(body.mediaType)}]`;
      tree.requestBodies[id] = targetOf(`requestBodies.${id}`, body, type);
    }
    const responses: Targets = (tree.responses[id] = {});
    for (const { status, contents } of replies) {
      const content = contentOf(contents, isJson) ?? contentOf(contents, isText);
      if (content === undefined) continue;
      const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
      const type = `${operation}['responses'][${key}]['content'][${JSON.stringify(content.mediaType)}]`;
      responses[status] = targetOf(`responses.${id}.${status}`, content, type);
    }
  }
  return tree;
}

function contentOf(contents: readonly Content[], wanted: (mediaType: string) => boolean): Content | undefined {
  return contents.find(({ mediaType, value }) => wanted(mediaType) && 'schema' in value);
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith('text/');
}

function declarations({ schemas, requestBodies, responses }: ValidatorTree): string {
  const members = (targets: Targets, indent: string): string =>
    Object.entries(targets)
      .map(([key, { type }]) => `${indent}readonly ${JSON.stringify(key)}: Validator<${type}>;`)
      .join('\n');
  const byOperation = Object.entries(responses)
    .map(([id, targets]) => `  readonly ${JSON.stringify(id)}: {\n${members(targets, '    ')}\n  };`)
    .join('\n');
  return `${banner}
import type { components, operations } from './schema.js';

/** A constraint that the value violates. */
export interface ValidationError {
  /** JSON pointer of the place in the value. */
  readonly instancePath: string;
  /** JSON pointer of the constraint in the schema. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Returns whether a value conforms; if not, \`errors\` holds the reasons until the next call. */
export interface Validator<T> {
  (value: unknown): value is T;
  readonly errors?: readonly ValidationError[] | null;
}

/** Validators of the component schemas, by name. */
export declare const schemas: {
${members(schemas, '  ')}
};

/** Validators of the JSON request bodies, by operationId. */
export declare const requestBodies: {
${members(requestBodies, '  ')}
};

/** Validators of the JSON (or else the text) of the responses, by operationId and status. */
export declare const responses: {
${byOperation}
};
`;
}
