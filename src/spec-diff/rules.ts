import type { Direction, Severity } from './finding.js';

/** The message of a rule, and its severity for each direction that it applies to. */
export interface Rule {
  /** The change in a few words, with the placeholders `{old}` and `{new}`. */
  readonly message: string;
  readonly severity: Partial<Readonly<Record<Direction, Severity>>>;
}

const both = (severity: Severity): Rule['severity'] => ({ request: severity, reply: severity });

/** A change that allows fewer values. */
const narrows: Rule['severity'] = { request: 'breaking', reply: 'compatible' };
/** A change that allows more values. */
const widens: Rule['severity'] = { request: 'compatible', reply: 'breaking' };
/** A change that allows more values of a known type. */
const loosens: Rule['severity'] = { request: 'compatible', reply: 'potentially-breaking' };

/**
 * Every contract change that affects users of this client, who send requests and read replies with
 * generated types.
 */
export const rules = {
  'operation-removed': { message: '{old} is removed', severity: { operation: 'breaking' } },
  'operation-added': { message: '{new} is added', severity: { operation: 'compatible' } },
  'path-changed': { message: 'the path changes from {old} to {new}', severity: { request: 'breaking' } },
  'method-changed': { message: 'the method changes from {old} to {new}', severity: { request: 'breaking' } },
  'server-removed': { message: 'the server {old} is removed', severity: { request: 'breaking' } },
  'server-added': { message: 'the server {new} is added', severity: { request: 'compatible' } },
  'authorization-required': { message: 'requests now need authorization: {new}', severity: { request: 'breaking' } },
  'authorization-optional': { message: 'requests no longer need authorization', severity: { request: 'compatible' } },
  'bearer-token-refused': {
    message: 'an access token is no longer enough: {old} becomes {new}',
    severity: { request: 'breaking' },
  },
  'bearer-token-accepted': {
    message: 'an access token is now enough: {old} becomes {new}',
    severity: { request: 'compatible' },
  },

  'required-parameter-added': { message: 'required parameter added ({new})', severity: { request: 'breaking' } },
  'optional-parameter-added': { message: 'optional parameter added ({new})', severity: { request: 'compatible' } },
  'parameter-removed': { message: 'parameter removed ({old})', severity: { request: 'breaking' } },
  'parameter-renamed': {
    message: 'the path parameter {old} is renamed to {new}, in the types too',
    severity: { request: 'breaking' },
  },
  'parameter-became-required': { message: 'the parameter becomes required', severity: { request: 'breaking' } },
  'parameter-became-optional': { message: 'the parameter becomes optional', severity: { request: 'compatible' } },
  'parameter-serialized-differently': {
    message: 'the serialization of the parameter changes: {old} becomes {new}',
    severity: { request: 'breaking' },
  },

  'required-body-added': { message: 'a required body is added ({new})', severity: { request: 'breaking' } },
  'body-added': { message: 'a body is added ({new})', severity: both('compatible') },
  'body-removed': { message: 'the body is removed ({old})', severity: both('breaking') },
  'body-became-required': { message: 'the body becomes required', severity: { request: 'breaking' } },
  'body-became-optional': { message: 'the body becomes optional', severity: { request: 'compatible' } },
  'media-type-added': { message: 'the media type {new} is added', severity: loosens },
  'media-type-removed': { message: 'the media type {old} is removed', severity: both('breaking') },

  'success-status-moved': { message: 'the success status moves from {old} to {new}', severity: { reply: 'breaking' } },
  'success-status-added': { message: 'success status {new} added', severity: { reply: 'potentially-breaking' } },
  'success-status-removed': { message: 'success status {old} removed', severity: { reply: 'breaking' } },
  'error-status-added': { message: 'error status {new} added', severity: { reply: 'compatible' } },
  'error-status-removed': {
    message: 'error status {old} removed',
    severity: { reply: 'potentially-breaking' },
  },
  'header-added': { message: 'header added ({new})', severity: { reply: 'compatible' } },
  'header-removed': { message: 'header removed ({old})', severity: { reply: 'breaking' } },
  'header-became-optional': { message: 'the header becomes optional', severity: { reply: 'breaking' } },
  'header-became-required': { message: 'the header is now always sent', severity: { reply: 'compatible' } },

  'required-member-added': {
    message: 'required member added ({new})',
    severity: { request: 'breaking', reply: 'compatible' },
  },
  'member-added': { message: 'optional member added ({new})', severity: both('compatible') },
  'member-removed': { message: 'member removed ({old})', severity: both('breaking') },
  'member-became-required': { message: 'the member becomes required', severity: narrows },
  'member-became-optional': { message: 'the member becomes optional', severity: widens },
  'members-closed': { message: 'undeclared members are no longer allowed', severity: narrows },
  'members-opened': {
    message: 'undeclared members are now allowed',
    severity: both('compatible'),
  },
  'members-declared': { message: 'undeclared members must now be {new}', severity: narrows },
  'members-undeclared': { message: 'undeclared members may now be of any type, not only {old}', severity: widens },
  'items-declared': {
    message: 'the items, previously of any type, are now {new}',
    severity: { request: 'potentially-breaking', reply: 'compatible' },
  },
  'items-undeclared': { message: 'the items may now be of any type, not only {old}', severity: widens },

  'type-changed': { message: 'the type changes from {old} to {new}', severity: both('breaking') },
  'type-widened': { message: 'the type is widened from {old} to {new}', severity: widens },
  'type-narrowed': { message: 'the type is narrowed from {old} to {new}', severity: narrows },
  'became-nullable': { message: 'the value may now be null', severity: widens },
  'became-non-nullable': { message: 'the value may no longer be null', severity: narrows },
  'enum-value-added': { message: 'enum value {new} added', severity: loosens },
  'enum-value-removed': { message: 'enum value {old} removed', severity: narrows },
  'enum-added': { message: 'the values are now limited to {new}', severity: narrows },
  'enum-removed': { message: 'the values are no longer limited to {old}', severity: loosens },
  'alternative-added': { message: 'an alternative of type {new} is added', severity: loosens },
  'alternative-removed': { message: 'the alternative of type {old} is removed', severity: narrows },
  'discriminator-changed': {
    message: 'the discriminator changes from {old} to {new}',
    severity: both('potentially-breaking'),
  },
  'constraint-added': { message: 'constraint {new} added', severity: narrows },
  'constraint-removed': { message: 'constraint {old} removed', severity: loosens },
  'constraint-tightened': { message: 'constraint {old} tightened to {new}', severity: narrows },
  'constraint-loosened': { message: 'constraint {old} loosened to {new}', severity: loosens },
  'constraint-changed': {
    message: 'constraint {old} becomes {new}',
    severity: both('potentially-breaking'),
  },
  'format-changed': { message: 'the format changes from {old} to {new}', severity: both('breaking') },
  'default-changed': {
    message: 'the default changes from {old} to {new}',
    severity: { request: 'potentially-breaking' },
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
