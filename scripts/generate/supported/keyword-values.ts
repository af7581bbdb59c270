import type { Part } from '../../../src/openapi/index.js';
import type { Findings } from './findings.js';

type Test = (value: unknown) => boolean;

const isNumber: Test = (value) => typeof value === 'number';
const isCount: Test = (value) => Number.isInteger(value) && Number(value) >= 0;
const isText: Test = (value) => typeof value === 'string';
const isList: Test = (value) => Array.isArray(value) && value.length > 0;
const types = new Set<unknown>(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

const aNumber = [isNumber, 'a number'] as const;
const aCount = [isCount, 'a whole number, 0 or more'] as const;
const aText = [isText, 'a string'] as const;
const aFlag = [(value: unknown) => typeof value === 'boolean', 'true or false'] as const;
const aSet = [(value: unknown) => isList(value) && isDistinct(value), 'a non-empty array without duplicates'] as const;

/** The valid values of each keyword. */
const kinds: Readonly<Record<string, readonly [Test, string]>> = {
  minimum: aNumber,
  maximum: aNumber,
  exclusiveMinimum: aNumber,
  exclusiveMaximum: aNumber,
  multipleOf: [
    (value) => isCount(value) && value !== 0,
    'a whole number greater than 0, because fractions cannot be compared exactly',
  ],
  minLength: aCount,
  maxLength: aCount,
  minItems: aCount,
  maxItems: aCount,
  minProperties: aCount,
  maxProperties: aCount,
  uniqueItems: aFlag,
  pattern: aText,
  format: aText,
  enum: aSet,
  allOf: [isList, 'an array of schemas'],
  anyOf: [isList, 'an array of schemas'],
  oneOf: [isList, 'an array of schemas'],
  examples: [(value) => Array.isArray(value), 'an array'],
  required: [
    (value) => Array.isArray(value) && value.every(isText) && isDistinct(value),
    'an array of names without duplicates',
  ],
  type: [
    (value) => [value].flat().every((type) => types.has(type)) && isDistinct(value),
    `${[...types].join(', ')}, or an array of these`,
  ],
};

/** Each keyword must have a valid value. */
export function checkKeywordValues(findings: Findings, schema: Part): void {
  for (const [keyword, value] of Object.entries(schema.value)) {
    const [fits, what] = kinds[keyword] ?? [];
    if (fits?.(value) === false) findings.add(schema, keyword, `it must be ${String(what)}.`);
  }
}

function isDistinct(value: unknown): boolean {
  if (!Array.isArray(value)) return true;
  return new Set(value.map((item) => JSON.stringify(item))).size === value.length;
}
