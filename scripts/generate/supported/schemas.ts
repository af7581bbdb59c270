import { child, isJsonObject, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { annotations, assertions, formats, refusedKeywords, structure } from './list.js';
import type { Findings } from './findings.js';
import { checkBranches } from './branches.js';
import { checkSchemaValues } from './conformity.js';
import { checkKeywordValues } from './keyword-values.js';

const componentReference = '#/components/schemas/';
const typeOfKeyword: Readonly<Record<string, string | undefined>> = { ...assertions, ...structure };
const typeOfFormat: Readonly<Record<string, string | undefined>> = formats;

/** Checks a schema and its subschemas. Referenced components are checked separately. */
export function checkSchema(findings: Findings, schema: Part): void {
  checkKeywords(findings, schema);
  checkKeywordValues(findings, schema);
  checkSchemaValues(findings, schema);
  checkRequired(findings, schema);
  checkReference(findings, schema);
  checkType(findings, schema);
  checkPattern(findings, schema);
  checkBranches(findings, schema);
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => partsIn(child(schema, keyword)));
  const children = ['items', 'additionalProperties'].flatMap((keyword) => partAt(schema, keyword) ?? []);
  for (const inner of [...partsIn(partAt(schema, 'properties')), ...children, ...branches])
    checkSchema(findings, inner);
}

function checkKeywords(findings: Findings, schema: Part): void {
  for (const [keyword, value] of Object.entries(schema.value)) {
    if (keyword in typeOfKeyword || annotations.has(keyword) || keyword.startsWith('x-')) continue;
    if ((keyword === 'readOnly' || keyword === 'writeOnly') && value === false) continue;
    findings.add(schema, keyword, refusedKeywords[keyword] ?? 'the contract suite cannot test this keyword.');
  }
  if (typeof schema.value['items'] === 'boolean') findings.add(schema, 'items', 'describe the items with a schema.');
  const properties = partAt(schema, 'properties');
  for (const [name, value] of Object.entries(properties?.value ?? {})) {
    if (properties !== undefined && !isJsonObject(value))
      findings.add(properties, name, 'describe the member with a schema.');
  }
}

/** Required members must be described; otherwise, they could be anything. */
function checkRequired(findings: Findings, schema: Part): void {
  const names: unknown[] = [schema.value['required'] ?? []].flat();
  const properties = partAt(schema, 'properties')?.value ?? {};
  for (const name of names) {
    if (!Object.hasOwn(properties, String(name)))
      findings.add(schema, 'required', `${String(name)} is not one of the properties of this schema; add it.`);
  }
}

function checkReference(findings: Findings, schema: Part): void {
  const reference = schema.value['$ref'];
  if (reference === undefined) return;
  const name =
    typeof reference === 'string' && reference.startsWith(componentReference)
      ? reference.slice(componentReference.length)
      : '/';
  if (name.includes('/')) {
    findings.add(schema, '$ref', 'only references to whole schemas in components.schemas are supported.');
  }
  for (const keyword of Object.keys(schema.value)) {
    if (keyword === '$ref' || !(keyword in typeOfKeyword)) continue;
    findings.add(schema, keyword, 'siblings of $ref are not supported; combine them with allOf.');
  }
}

/** The keywords and the format of a schema must apply to its type. */
function checkType(findings: Findings, schema: Part): void {
  const { value } = schema;
  const types = [value['type']].flat();
  const isConstrained = ['type', '$ref', 'enum', 'const', 'allOf', 'anyOf', 'oneOf'].some(
    (keyword) => keyword in value,
  );
  if (!isConstrained) findings.add(schema, 'type', 'a schema without a type allows anything, so it cannot be tested.');
  if (types.includes('array') && !isJsonObject(value['items'])) {
    findings.add(schema, 'items', 'an array must describe its items.');
  }
  const has = (type: string): boolean => types.includes(type) || (type === 'number' && types.includes('integer'));
  for (const keyword of Object.keys(value)) {
    const type = typeOfKeyword[keyword];
    if (isConstrained && type !== undefined && !has(type)) {
      findings.add(schema, keyword, `it applies only to type ${type}, which the schema does not have.`);
    }
  }
  const { format } = value;
  if (typeof format !== 'string') return;
  const type = typeOfFormat[format];
  if (type === undefined) findings.add(schema, 'format', `the contract suite cannot test the format ${format}.`);
  else if (!has(type))
    findings.add(schema, 'format', `${format} applies only to type ${type}, which the schema does not have.`);
}

/** Checks that the generator of test values supports the pattern. */
function checkPattern(findings: Findings, schema: Part): void {
  const { pattern, format } = schema.value;
  if (typeof pattern !== 'string') return;
  if (format !== undefined) findings.add(schema, 'pattern', 'a pattern beside a format cannot be tested separately.');
  try {
    new RegExp(pattern, 'u');
  } catch {
    findings.add(schema, 'pattern', 'it is not a valid JavaScript regular expression with the u flag.');
    return;
  }
  if (/\(\?[=!<]|\\[bBpPk1-9]/.test(pattern)) {
    findings.add(schema, 'pattern', 'lookaround, word boundaries, backreferences and \\p cannot be tested.');
  }
}
