import { child, isJsonObject, lastStep, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { assertions, structure } from './list.js';
import type { Findings } from './findings.js';

/** Branches must be distinguishable by type, or by a required member with distinct values. */
export function checkBranches(findings: Findings, schema: Part): void {
  for (const branch of partsIn(child(schema, 'allOf'))) {
    if (findings.follow(branch).value['additionalProperties'] === false) {
      findings.add(
        branch,
        'additionalProperties',
        'a closed branch of allOf forbids the members of the other branches.',
      );
    }
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    if (!(keyword in schema.value)) continue;
    const beside = Object.keys(schema.value).find(
      (other) => other !== keyword && (other in assertions || other in structure),
    );
    if (beside !== undefined) findings.add(schema, beside, `not allowed beside ${keyword}; move it into each branch.`);
    const branches = partsIn(child(schema, keyword)).map((branch) => findings.follow(branch));
    const ambiguous = branches.some((one, index) =>
      branches.slice(index + 1).some((other) => !areDistinct(findings, one, other)),
    );
    if (ambiguous) {
      findings.add(
        schema,
        keyword,
        'its branches cannot be distinguished: give each a different type, or a required member with a different const.',
      );
    }
  }
}

function areDistinct(findings: Findings, one: Part, other: Part): boolean {
  const types = typesOf(one);
  const others = typesOf(other);
  if (types.length === 0 || others.length === 0) return false;
  if (!types.some((type) => others.includes(type))) return true;
  return tagsOf(findings, one).some(({ name, values }) => {
    const tag = tagsOf(findings, other).find((candidate) => candidate.name === name);
    return tag !== undefined && !values.some((value) => tag.values.includes(value));
  });
}

/** The types of a schema. An integer is also a number. */
function typesOf({ value }: Part): unknown[] {
  return [value['type']]
    .flat()
    .flatMap((type) => (type === 'integer' ? ['integer', 'number'] : type === undefined ? [] : [type]));
}

/** The required members of an object that have an enum or a const. */
function tagsOf(findings: Findings, { value, pointer }: Part): { name: string; values: unknown[] }[] {
  const required: unknown[] = Array.isArray(value['required']) ? value['required'] : [];
  return partsIn(partAt({ value, pointer }, 'properties')).flatMap((member) => {
    const name = lastStep(member.pointer);
    const schema = findings.follow(member).value;
    const values = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : [];
    const isTag = required.includes(name) && values.length > 0 && !values.some(isJsonObject);
    return isTag ? [{ name, values }] : [];
  });
}
