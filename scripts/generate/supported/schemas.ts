import { child, isJsonObject, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { annotations, assertions, formats, refusedKeywords, structure } from './list.js';
import type { Findings } from './findings.js';
import { checkBranches } from './branches.js';
import { checkSchemaValues } from './conformity.js';
import { checkKeywordValues } from './keyword-values.js';

const componentReference = '#/components/schemas/';
const typeOfKeyword: Readonly<Record<string, string | undefined>> = { ...assertions, ...structure };
const typeOfFormat: Readonly<Record<string, string | undefined>> = formats;

/** A schema with all that it holds. A component that it refers to is checked by itself. */
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
    findings.add(schema, keyword, refusedKeywords[keyword] ?? 'it is no keyword that the contract suite can test.');
  }
  if (typeof schema.value['items'] === 'boolean') findings.add(schema, 'items', 'describe the items with a schema.');
  const properties = partAt(schema, 'properties');
  for (const [name, value] of Object.entries(properties?.value ?? {})) {
    if (properties !== undefined && !isJsonObject(value))
      findings.add(properties, name, 'describe the member with a schema.');
  }
}

/** A required member that nothing describes may be anything. */
function checkRequired(findings: Findings, schema: Part): void {
  const names: unknown[] = [schema.value['required'] ?? []].flat();
  const properties = partAt(schema, 'properties')?.value ?? {};
  for (const name of names) {
    if (!Object.hasOwn(properties, String(name)))
      findings.add(schema, 'required', `${String(name)} is none of the properties beside it; describe it there.`);
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
    findings.add(schema, '$ref', 'a schema refers to one of components.schemas, and to the whole of it.');
  }
  for (const keyword of Object.keys(schema.value)) {
    if (keyword === '$ref' || !(keyword in typeOfKeyword)) continue;
    findings.add(schema, keyword, 'beside a reference it would change what is named; put both into allOf.');
  }
}

/** What a schema says has to be about the type that it states. */
function checkType(findings: Findings, schema: Part): void {
  const { value } = schema;
  const types = [value['type']].flat();
  const says = ['type', '$ref', 'enum', 'const', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in value);
  if (!says) findings.add(schema, 'type', 'a schema without a type allows anything, so nothing of it can be tested.');
  if (types.includes('array') && !isJsonObject(value['items'])) {
    findings.add(schema, 'items', 'a list has to say what its items are.');
  }
  const has = (type: string): boolean => types.includes(type) || (type === 'number' && types.includes('integer'));
  for (const keyword of Object.keys(value)) {
    const type = typeOfKeyword[keyword];
    if (says && type !== undefined && !has(type)) {
      findings.add(schema, keyword, `it says something of type ${type} only, which the schema does not have.`);
    }
  }
  const { format } = value;
  if (typeof format !== 'string') return;
  const type = typeOfFormat[format];
  if (type === undefined) findings.add(schema, 'format', `${format} is no format that the contract suite can test.`);
  else if (!has(type))
    findings.add(schema, 'format', `${format} is a format of type ${type}, which the schema does not have.`);
}

/** Texts are made up from the pattern, by a generator that knows no look-around. */
function checkPattern(findings: Findings, schema: Part): void {
  const { pattern, format } = schema.value;
  if (typeof pattern !== 'string') return;
  if (format !== undefined) findings.add(schema, 'pattern', 'a pattern beside a format cannot be tested by itself.');
  try {
    new RegExp(pattern, 'u');
  } catch {
    findings.add(schema, 'pattern', 'it is no regular expression of JavaScript with the flag u.');
    return;
  }
  if (/\(\?[=!<]|\\[bBpPk1-9]/.test(pattern)) {
    findings.add(schema, 'pattern', 'look-around, word boundaries, back references and \\p cannot be tested.');
  }
}
