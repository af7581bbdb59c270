import { partAt, type Part } from '../../../src/openapi/index.js';
import { members, parameterStyles, reservedHeaders } from './list.js';
import { checkExamples } from './conformity.js';
import type { Findings } from './findings.js';
import { checkSchema } from './schemas.js';

const scalars = ['string', 'integer', 'number', 'boolean'];

/** A parameter is a scalar where everything is text; in a query it may be a list of scalars. */
export function checkParameter(findings: Findings, parameter: Part): void {
  const { value } = parameter;
  findings.requireMembers(parameter, members.parameter);
  const place = Object.entries(parameterStyles).find(([name]) => name === value['in']);
  if (place === undefined) {
    findings.add(parameter, 'in', `the client sends no parameter in a ${String(value['in'])}.`);
    return;
  }
  if (value['in'] === 'header' && reservedHeaders.has(String(value['name']).toLowerCase())) {
    findings.add(parameter, 'name', `the header ${String(value['name'])} is set by the client itself.`);
  }
  const [where, style] = place;
  if (where === 'path' && value['required'] !== true)
    findings.add(parameter, 'required', 'a path has all of its parameters; write required: true.');
  if ((value['style'] ?? style) !== style)
    findings.add(parameter, 'style', `in a ${where} it has to be ${style}, and not ${String(value['style'])}.`);
  checkValue(findings, parameter, where === 'query');
}

/** A name stands once in each place. Headers are the same in capitals, and Prism takes all names for the same. */
export function checkDistinct(findings: Findings, parameters: readonly Part[]): void {
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name, in: place } = parameter.value;
    const key = `${String(place)} ${String(name).toLowerCase()}`;
    if (seen.has(key))
      findings.add(
        parameter,
        'name',
        `${String(name)} is described twice; names that differ in case only are the same.`,
      );
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
    requireScalar(
      findings,
      schema,
      mayBeList ? 'it has to be a scalar, or a list of scalars' : 'it has to be a scalar',
    );
    return;
  }
  const { explode } = holder.value;
  if (explode === undefined)
    findings.add(holder, 'explode', 'write explode: true beside a list: without it, Prism reads the last item only.');
  else if (explode !== true) findings.add(holder, 'explode', 'the client writes each item of a list apart.');
  const items = partAt(schema, 'items');
  if (items !== undefined) requireScalar(findings, findings.follow(items), 'the items of the list have to be scalars');
}

function requireScalar(findings: Findings, schema: Part, what: string): void {
  const { type } = schema.value;
  if (!scalars.some((scalar) => scalar === type)) {
    findings.add(schema, 'type', `${what}: everything is text where a parameter or a header stands.`);
  }
}
