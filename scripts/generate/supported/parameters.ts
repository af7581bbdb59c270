import { partAt, type Part } from '../../../src/openapi/index.js';
import { members, parameterStyles, reservedHeaders } from './list.js';
import { checkExamples } from './conformity.js';
import type { Findings } from './findings.js';
import { checkSchema } from './schemas.js';

const scalars = ['string', 'integer', 'number', 'boolean'];

/** A parameter must be a scalar or, in the query, an array of scalars. */
export function checkParameter(findings: Findings, parameter: Part): void {
  const { value } = parameter;
  findings.requireMembers(parameter, members.parameter);
  const place = Object.entries(parameterStyles).find(([name]) => name === value['in']);
  if (place === undefined) {
    findings.add(parameter, 'in', `the client cannot send a parameter in a ${String(value['in'])}.`);
    return;
  }
  if (value['in'] === 'header' && reservedHeaders.has(String(value['name']).toLowerCase())) {
    findings.add(parameter, 'name', `the header ${String(value['name'])} is set by the client.`);
  }
  const [where, style] = place;
  if (where === 'path' && value['required'] !== true)
    findings.add(parameter, 'required', 'path parameters are always required; add required: true.');
  if ((value['style'] ?? style) !== style)
    findings.add(parameter, 'style', `in a ${where} it must be ${style}, not ${String(value['style'])}.`);
  checkValue(findings, parameter, where === 'query');
}

/** Names must be unique per location, ignoring case: headers ignore case, and Prism does so for every parameter. */
export function checkDistinct(findings: Findings, parameters: readonly Part[]): void {
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name, in: place } = parameter.value;
    const key = `${String(place)} ${String(name).toLowerCase()}`;
    if (seen.has(key))
      findings.add(parameter, 'name', `${String(name)} is defined twice; names are not case-sensitive.`);
    seen.add(key);
  }
}

/** A header of a reply. */
export function checkHeader(findings: Findings, header: Part): void {
  findings.requireMembers(header, members.header);
  checkValue(findings, header, false);
}

function checkValue(findings: Findings, holder: Part, mayBeList: boolean): void {
  const own = partAt(holder, 'schema');
  if (own === undefined) {
    findings.add(holder, 'schema', 'describe the value with schema.');
    return;
  }
  checkExamples(findings, holder);
  checkSchema(findings, own);
  const schema = findings.follow(own);
  if (schema.value['type'] !== 'array' || !mayBeList) {
    requireScalar(findings, schema, mayBeList ? 'it must be a scalar or an array of scalars' : 'it must be a scalar');
    return;
  }
  const { explode } = holder.value;
  if (explode === undefined)
    findings.add(holder, 'explode', 'add explode: true to the array; without it, Prism reads only the last item.');
  else if (explode !== true) findings.add(holder, 'explode', 'the client sends each item of an array separately.');
  const items = partAt(schema, 'items');
  if (items !== undefined) requireScalar(findings, findings.follow(items), 'the items of the array must be scalars');
}

function requireScalar(findings: Findings, schema: Part, what: string): void {
  const { type } = schema.value;
  if (!scalars.some((scalar) => scalar === type)) {
    findings.add(schema, 'type', `${what}, because parameters and headers are text.`);
  }
}
