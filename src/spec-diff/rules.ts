import type { Direction, Severity } from './finding.js';

/** What a rule says and how much it costs, for each direction in which it can be found. */
export interface Rule {
  /** The change in a few words; `{old}` and `{new}` stand for the values. */
  readonly says: string;
  readonly severity: Partial<Readonly<Record<Direction, Severity>>>;
}

const both = (severity: Severity): Rule['severity'] => ({ request: severity, reply: severity });

/** A change that lets callers send less, or tells them more of what they get. */
const narrows: Rule['severity'] = { request: 'breaking', reply: 'compatible' };
/** A change that lets callers send more, or get what they could not before. */
const widens: Rule['severity'] = { request: 'compatible', reply: 'breaking' };
/** The same where only a value, not its type, may be new to those who read replies. */
const loosens: Rule['severity'] = { request: 'compatible', reply: 'potentially-breaking' };

/**
 * Every change that is one of the contract, as users of this client meet it: they send requests and
 * read replies, both with generated types.
 */
export const rules = {
  'operation-removed': { says: '{old} is removed', severity: { operation: 'breaking' } },
  'operation-added': { says: '{new} is added', severity: { operation: 'compatible' } },
  'path-changed': { says: 'the path changes from {old} to {new}', severity: { request: 'breaking' } },
  'method-changed': { says: 'the method changes from {old} to {new}', severity: { request: 'breaking' } },
  'server-removed': { says: 'the server {old} is removed', severity: { request: 'breaking' } },
  'server-added': { says: 'the server {new} is added', severity: { request: 'compatible' } },
  'authorization-required': { says: 'requests now need authorization: {new}', severity: { request: 'breaking' } },
  'authorization-optional': { says: 'requests no longer need authorization', severity: { request: 'compatible' } },
  'bearer-token-refused': {
    says: 'an access token is no longer enough: {old} becomes {new}',
    severity: { request: 'breaking' },
  },
  'bearer-token-accepted': {
    says: 'an access token is now enough: {old} becomes {new}',
    severity: { request: 'compatible' },
  },

  'required-parameter-added': { says: 'required parameter added ({new})', severity: { request: 'breaking' } },
  'optional-parameter-added': { says: 'optional parameter added ({new})', severity: { request: 'compatible' } },
  'parameter-removed': { says: 'parameter removed ({old})', severity: { request: 'breaking' } },
  'parameter-renamed': {
    says: 'the path parameter {old} is called {new}, in the types too',
    severity: { request: 'breaking' },
  },
  'parameter-became-required': { says: 'the parameter becomes required', severity: { request: 'breaking' } },
  'parameter-became-optional': { says: 'the parameter becomes optional', severity: { request: 'compatible' } },
  'parameter-serialized-differently': {
    says: 'the parameter is written differently: {old} becomes {new}',
    severity: { request: 'breaking' },
  },

  'required-body-added': { says: 'a required body is added ({new})', severity: { request: 'breaking' } },
  'body-added': { says: 'a body is added ({new})', severity: both('compatible') },
  'body-removed': { says: 'the body is removed ({old})', severity: both('breaking') },
  'body-became-required': { says: 'the body becomes required', severity: { request: 'breaking' } },
  'body-became-optional': { says: 'the body becomes optional', severity: { request: 'compatible' } },
  'media-type-added': { says: 'the media type {new} is added', severity: loosens },
  'media-type-removed': { says: 'the media type {old} is removed', severity: both('breaking') },

  'success-status-moved': { says: 'the success status moves from {old} to {new}', severity: { reply: 'breaking' } },
  'success-status-added': { says: 'success status {new} added', severity: { reply: 'potentially-breaking' } },
  'success-status-removed': { says: 'success status {old} removed', severity: { reply: 'breaking' } },
  'error-status-added': { says: 'error status {new} added', severity: { reply: 'compatible' } },
  'error-status-removed': {
    says: 'error status {old} removed',
    severity: { reply: 'potentially-breaking' },
  },
  'header-added': { says: 'header added ({new})', severity: { reply: 'compatible' } },
  'header-removed': { says: 'header removed ({old})', severity: { reply: 'breaking' } },
  'header-became-optional': { says: 'the header becomes optional', severity: { reply: 'breaking' } },
  'header-became-required': { says: 'the header is now always sent', severity: { reply: 'compatible' } },

  'required-member-added': {
    says: 'required member added ({new})',
    severity: { request: 'breaking', reply: 'compatible' },
  },
  'member-added': { says: 'optional member added ({new})', severity: both('compatible') },
  'member-removed': { says: 'member removed ({old})', severity: both('breaking') },
  'member-became-required': { says: 'the member becomes required', severity: narrows },
  'member-became-optional': { says: 'the member becomes optional', severity: widens },
  'members-closed': { says: 'members that are not named are no longer allowed', severity: narrows },
  'members-opened': {
    says: 'members that are not named are allowed now',
    severity: both('compatible'),
  },
  'members-declared': { says: 'members that are not named are now {new}', severity: narrows },
  'members-undeclared': { says: 'members that are not named may now be of any type, not only {old}', severity: widens },
  'items-declared': {
    says: 'the items, of any type before, are now {new}',
    severity: { request: 'potentially-breaking', reply: 'compatible' },
  },
  'items-undeclared': { says: 'the items may now be of any type, not only {old}', severity: widens },

  'type-changed': { says: 'the type changes from {old} to {new}', severity: both('breaking') },
  'type-widened': { says: 'the type is widened from {old} to {new}', severity: widens },
  'type-narrowed': { says: 'the type is narrowed from {old} to {new}', severity: narrows },
  'became-nullable': { says: 'the value may now be null', severity: widens },
  'became-non-nullable': { says: 'the value may no longer be null', severity: narrows },
  'enum-value-added': { says: 'enum value {new} added', severity: loosens },
  'enum-value-removed': { says: 'enum value {old} removed', severity: narrows },
  'enum-added': { says: 'the values are now limited to {new}', severity: narrows },
  'enum-removed': { says: 'the values are no longer limited to {old}', severity: loosens },
  'alternative-added': { says: 'one more alternative of type {new}', severity: loosens },
  'alternative-removed': { says: 'the alternative of type {old} is removed', severity: narrows },
  'discriminator-changed': {
    says: 'the discriminator changes from {old} to {new}',
    severity: both('potentially-breaking'),
  },
  'constraint-added': { says: 'constraint {new} added', severity: narrows },
  'constraint-removed': { says: 'constraint {old} removed', severity: loosens },
  'constraint-tightened': { says: 'constraint {old} tightened to {new}', severity: narrows },
  'constraint-loosened': { says: 'constraint {old} loosened to {new}', severity: loosens },
  'constraint-changed': {
    says: 'constraint {old} becomes {new}',
    severity: both('potentially-breaking'),
  },
  'format-changed': { says: 'the format changes from {old} to {new}', severity: both('breaking') },
  'default-changed': {
    says: 'the default changes from {old} to {new}',
    severity: { request: 'potentially-breaking' },
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
