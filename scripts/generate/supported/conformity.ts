import { at, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';

/** The values in a schema, such as examples and defaults, must conform to it. */
export function checkSchemaValues(findings: Findings, schema: Part): void {
  const { value, pointer } = schema;
  for (const keyword of ['default', 'example', 'const']) {
    if (keyword in value) requireConforming(findings, schema, schema, keyword);
  }
  for (const keyword of ['enum', 'examples']) {
    const list: unknown = value[keyword];
    if (!Array.isArray(list)) continue;
    const entries = { pointer: at(pointer, keyword), value: Object.fromEntries(list.entries()) };
    for (const index of list.keys()) requireConforming(findings, schema, entries, String(index), keyword);
  }
}

/** The examples of a body, a parameter or a header must conform to its schema. */
export function checkExamples(findings: Findings, holder: Part): void {
  const schema = partAt(holder, 'schema');
  if (schema === undefined) return;
  if ('example' in holder.value) requireConforming(findings, schema, holder, 'example');
  for (const named of partsIn(partAt(holder, 'examples'))) {
    const example = findings.follow(named);
    if ('value' in example.value) requireConforming(findings, schema, example, 'value');
    else findings.add(named, 'value', 'an example must have a value.');
  }
}

function requireConforming(findings: Findings, schema: Part, holder: Part, member: string, keyword = member): void {
  const difference = findings.differs(schema, holder.value[member]);
  if (difference !== undefined)
    findings.add(holder, member, `it does not conform to its schema: ${difference}.`, keyword);
}
