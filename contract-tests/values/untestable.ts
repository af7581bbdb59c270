import {
  child,
  children,
  follow,
  operationsOf,
  partAt,
  partsIn,
  without,
  type JsonObject,
  type Parameter,
  type Part,
} from '../../src/openapi/index.js';
import { assertions, structure } from '../../scripts/generate/supported/list.js';
import { rulesOf, type Rule } from '../spec/rules.js';
import { samplesOf, type SchemaSource } from './arbitrary.js';
import { canBeWritten } from './request-parts.js';
import { breakingValues, permittedValues } from './rule-values.js';
import { schemaOracle } from './schema-oracle.js';

/** Something that the suite can generate no values for, although it knows every keyword of it. */
export interface Untestable {
  readonly pointer: string;
  readonly keyword: string;
  readonly reason: string;
}

/**
 * Finds schemas without any valid value, and constraints that no value breaks. Generating values is
 * how the suite tests a schema, so where that works, the schema can be tested.
 */
export function untestableIn(document: JsonObject): Untestable[] {
  const source: SchemaSource = { document, conforms: schemaOracle(document) };
  const schemas = schemasIn(document);
  const empty = emptySchemas(source, schemas);
  // Where there is no valid value, there is none to change, either.
  const found =
    empty.length > 0
      ? empty
      : [...unwritableIn(source), ...schemas.flatMap((schema) => untestableRules(source, schema))];
  return [...new Map(found.map((each) => [each.pointer + each.reason, each])).values()];
}

/** The schemas of components, parameters, headers and bodies. */
function schemasIn(document: JsonObject): Part[] {
  const components = partsIn(partAt({ value: document, pointer: '' }, 'components', 'schemas'));
  const used = operationsOf(document).flatMap(({ parameters, body, replies }) => [
    ...parameters,
    ...(body?.contents ?? []),
    ...replies.flatMap(({ headers, contents }) => [...headers, ...contents]),
  ]);
  return [...components, ...used.map(({ schema }) => schema)];
}

/** The innermost schemas that have no valid value. */
function emptySchemas(source: SchemaSource, schemas: readonly Part[]): Untestable[] {
  const empty = new Map<string, Untestable>();
  const visited = new Map<string, boolean>();
  const isEmpty = (part: Part): boolean => {
    const schema = follow(source.document, part);
    const known = visited.get(schema.pointer);
    if (known !== undefined) return known;
    // A schema that contains itself is judged as a whole.
    visited.set(schema.pointer, false);
    const within = schemasWithin(schema).map(isEmpty).includes(true);
    if (!within && !hasValue(source, schema.value)) empty.set(schema.pointer, contradiction(source, schema));
    visited.set(schema.pointer, within || empty.has(schema.pointer));
    return within || empty.has(schema.pointer);
  };
  schemas.forEach(isEmpty);
  return [...empty.values()];
}

function schemasWithin(schema: Part): Part[] {
  const lists = ['properties', 'allOf', 'anyOf', 'oneOf'].flatMap((keyword) => partsIn(child(schema, keyword)));
  return [...lists, ...['items', 'additionalProperties'].flatMap((keyword) => partAt(schema, keyword) ?? [])];
}

function hasValue(source: SchemaSource, schema: JsonObject): boolean {
  try {
    return samplesOf(source, schema, 1).length > 0;
  } catch {
    return false;
  }
}

/** Names the keywords that leave a value when one of them is dropped. */
function contradiction(source: SchemaSource, schema: Part): Untestable {
  const culprits = children(schema)
    .map(([keyword]) => keyword)
    .filter((keyword) => keyword !== 'type' && (keyword in assertions || keyword in structure))
    .filter((keyword) => hasValue(source, without(schema.value, keyword)));
  const [keyword = 'type', ...others] = culprits;
  const pointer = child(schema, keyword)?.pointer ?? schema.pointer;
  const together = others.length === 0 ? '' : `together with ${others.join(' and ')}, `;
  return { pointer, keyword, reason: `${together}it allows no value that the contract suite can find.` };
}

/** Parameters and headers whose every value is lost on the way. */
function unwritableIn(source: SchemaSource): Untestable[] {
  const written = operationsOf(source.document).flatMap(({ parameters, replies }) => [
    ...parameters,
    ...replies.flatMap(({ headers }) => headers),
  ]);
  return written
    .filter((parameter) => !hasWritableValue(source, parameter))
    .map(({ schema, in: place }) => ({
      pointer: schema.pointer,
      keyword: 'schema',
      reason: `none of its values can stand in a ${place}.`,
    }));
}

function hasWritableValue(source: SchemaSource, parameter: Parameter): boolean {
  return samplesOf(source, parameter.schema.value, 100).some((value) => canBeWritten(parameter, value));
}

function untestableRules(source: SchemaSource, schema: Part): Untestable[] {
  return rulesOf(source.document, schema).flatMap((rule) => {
    try {
      (rule.kind === 'constraint' ? breakingValues : permittedValues)(source, rule);
      return [];
    } catch {
      return [{ pointer: rule.pointer, keyword: rule.keyword, reason: reasonOf(rule) }];
    }
  });
}

function reasonOf({ kind }: Rule): string {
  return kind === 'constraint'
    ? 'no value breaks it alone, so it cannot be tested; what stands beside it may say the same.'
    : 'no value reaches it, so it cannot be tested; what stands beside it may forbid it.';
}
