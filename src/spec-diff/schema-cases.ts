import type { Severity } from './finding.js';
import type { RuleId } from './rules.js';
import type { Json } from './test-support.js';

const breaking = 'breaking';
const potentially = 'potentially-breaking';
const compatible = 'compatible';

/** One change of a schema, with its expected severity in a request and in a reply; `-` if there is no finding. */
export type SchemaCase = readonly [
  RuleId,
  old: unknown,
  changed: unknown,
  Severity | '-',
  Severity | '-',
  path?: string,
];

const book = (properties: Json, ...required: string[]): Json => ({ type: 'object', properties, required });
const text = { type: 'string' };
const list = (items?: unknown): Json => ({ type: 'array', ...(items === undefined ? {} : { items }) });
const tale = book({ kind: { const: 'tale' }, title: text }, 'kind');
const atlas = book({ kind: { const: 'atlas' }, maps: { type: 'integer' } }, 'kind');

export const schemaCases: readonly SchemaCase[] = [
  ['required-member-added', book({}), book({ title: text }, 'title'), breaking, compatible, 'title'],
  ['member-added', book({}), book({ title: text }), compatible, compatible, 'title'],
  ['member-removed', book({ title: text }), book({}), breaking, breaking, 'title'],
  ['member-removed', book({ title: text }, 'title'), book({}), breaking, breaking, 'title'],
  ['member-became-required', book({ title: text }), book({ title: text }, 'title'), breaking, compatible, 'title'],
  ['member-became-optional', book({ title: text }, 'title'), book({ title: text }), compatible, breaking, 'title'],
  ['members-closed', book({}), { ...book({}), additionalProperties: false }, breaking, compatible],
  ['members-opened', { ...book({}), additionalProperties: false }, book({}), compatible, compatible],
  ['members-declared', { type: 'object' }, { type: 'object', additionalProperties: text }, breaking, compatible, '.*'],
  [
    'members-undeclared',
    { type: 'object', additionalProperties: text },
    { type: 'object' },
    compatible,
    breaking,
    '.*',
  ],
  ['items-declared', list(), list(text), potentially, compatible, '[]'],
  ['items-undeclared', list(text), list(), compatible, breaking, '[]'],
  ['type-changed', text, { type: 'integer' }, breaking, breaking],
  ['type-changed', list(text), text, breaking, breaking],
  ['type-widened', { type: 'integer' }, { type: 'number' }, compatible, breaking],
  ['type-widened', text, { type: ['object', 'string'] }, compatible, breaking],
  ['type-widened', text, {}, compatible, breaking],
  ['type-narrowed', { type: ['object', 'string'] }, text, breaking, compatible],
  ['type-narrowed', {}, text, breaking, compatible],
  ['became-nullable', text, { type: ['string', 'null'] }, compatible, breaking],
  ['became-non-nullable', { type: ['string', 'null'] }, text, breaking, compatible],
  ['enum-value-added', { enum: ['a', 'b'] }, { enum: ['c', 'b', 'a'] }, compatible, potentially],
  ['enum-value-removed', { enum: ['a', 'b'] }, { enum: ['b'] }, breaking, compatible],
  ['enum-added', text, { type: 'string', enum: ['a'] }, breaking, compatible],
  ['enum-removed', { type: 'string', enum: ['a'] }, text, compatible, potentially],
  ['alternative-added', { oneOf: [text, tale] }, { oneOf: [atlas, tale, text] }, compatible, potentially],
  ['alternative-added', tale, { anyOf: [tale, atlas] }, compatible, potentially],
  ['alternative-removed', { oneOf: [text, tale, atlas] }, { oneOf: [tale, text] }, breaking, compatible],
  ['constraint-added', text, { type: 'string', maxLength: 9 }, breaking, compatible],
  ['constraint-added', text, { type: 'string', format: 'uuid' }, breaking, compatible],
  ['constraint-added', list(text), { ...list(text), uniqueItems: true }, breaking, compatible],
  ['constraint-removed', { type: 'string', pattern: '^a' }, text, compatible, potentially],
  ['constraint-tightened', { ...list(text), maxItems: 9 }, { ...list(text), maxItems: 8 }, breaking, compatible],
  ['constraint-tightened', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 2 }, breaking, compatible],
  ['constraint-loosened', { ...list(text), minItems: 2 }, { ...list(text), minItems: 1 }, compatible, potentially],
  [
    'constraint-loosened',
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64' },
    compatible,
    potentially,
  ],
  ['constraint-changed', { type: 'string', pattern: 'a' }, { type: 'string', pattern: 'b' }, potentially, potentially],
  ['constraint-changed', { not: text }, { not: { type: 'integer' } }, potentially, potentially],
  ['format-changed', { type: 'string', format: 'date' }, { type: 'string', format: 'date-time' }, breaking, breaking],
  ['default-changed', { ...text, default: 'a' }, { ...text, default: 'b' }, potentially, '-'],
  [
    'discriminator-changed',
    { oneOf: [tale, atlas], discriminator: { propertyName: 'kind' } },
    { oneOf: [tale, atlas], discriminator: { propertyName: 'title' } },
    potentially,
    potentially,
  ],
];
