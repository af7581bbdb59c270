import type { Direction, Severity } from '../spec-diff/index.js';

/** What a difference between page and spec costs, and what it means for whoever uses the client. */
export interface Rule {
  readonly severity: Partial<Readonly<Record<Direction, Severity>>>;
  readonly means: Partial<Readonly<Record<Direction, string>>>;
}

const breaking: Rule['severity'] = { request: 'breaking', reply: 'breaking' };
const compatible: Rule['severity'] = { request: 'compatible', reply: 'compatible' };

/** The rules by which a page is compared. Requests and replies are judged separately. */
const rules = {
  'path-changed': {
    severity: { request: 'breaking' },
    means: { request: 'Every request of this client goes to the former path.' },
  },
  'method-changed': {
    severity: { request: 'breaking' },
    means: { request: 'Every request of this client is sent with the former method.' },
  },
  'server-changed': {
    severity: { request: 'breaking' },
    means: { request: 'Every request of this client goes to the former host, unless `baseUrl` says otherwise.' },
  },
  'media-type-changed': {
    severity: { request: 'breaking' },
    means: { request: 'This client sends its bodies in the former format.' },
  },
  'authorization-changed': {
    severity: { request: 'breaking' },
    means: { request: 'The access token is sent in a way that is no longer documented.' },
  },
  'success-status-moved': {
    severity: { reply: 'breaking' },
    means: { reply: 'Code that compares the status, and the types by status, expect the former one.' },
  },
  'required-parameter-added': {
    severity: { request: 'breaking' },
    means: { request: 'Calls without the parameter are refused.' },
  },
  'optional-parameter-added': {
    severity: { request: 'compatible' },
    means: { request: 'Callers cannot use the parameter yet.' },
  },
  'parameter-removed': {
    severity: { request: 'breaking' },
    means: { request: 'Callers give a parameter that is no longer documented.' },
  },
  'parameter-renamed': {
    severity: { request: 'breaking' },
    means: { request: 'Addresses stay the same; callers that name the parameter in code have to rename it.' },
  },
  'parameter-became-required': {
    severity: { request: 'breaking' },
    means: { request: 'Calls without the parameter are refused.' },
  },
  'parameter-became-optional': {
    severity: { request: 'compatible' },
    means: { request: 'Callers give more than they have to.' },
  },
  'required-member-added': {
    severity: { request: 'breaking', reply: 'compatible' },
    means: { request: 'Requests without the member are refused.', reply: 'Callers cannot read the member yet.' },
  },
  'member-added': {
    severity: compatible,
    means: { request: 'Callers cannot send the member yet.', reply: 'Callers cannot read the member yet.' },
  },
  'member-added-unmarked': {
    severity: { request: 'potentially-breaking' },
    means: { request: 'The page does not say whether it is required; if it is, requests without it are refused.' },
  },
  'member-removed': {
    severity: breaking,
    means: {
      request: 'Callers send a member that is ignored or refused.',
      reply: 'Callers that read the member find nothing.',
    },
  },
  'member-became-required': {
    severity: { request: 'breaking', reply: 'compatible' },
    means: { request: 'Requests without the member are refused.', reply: 'Callers need not check for it any more.' },
  },
  'member-became-optional': {
    severity: { request: 'compatible', reply: 'breaking' },
    means: {
      request: 'Callers send more than they have to.',
      reply: 'Callers that read the member without a check may find nothing.',
    },
  },
  'type-changed': {
    severity: breaking,
    means: { request: 'Values of the former type are refused.', reply: 'Callers read the value as the former type.' },
  },
  'format-changed': {
    severity: breaking,
    means: {
      request: 'Values of the former format may be refused.',
      reply: 'Callers read the value in the former format.',
    },
  },
  'enum-value-added': {
    severity: { request: 'compatible', reply: 'potentially-breaking' },
    means: { request: 'Callers cannot send the value yet.', reply: 'Code that handles every value misses this one.' },
  },
  'enum-value-removed': {
    severity: { request: 'breaking', reply: 'compatible' },
    means: { request: 'Requests with the value are refused.', reply: 'Callers handle a value that no longer comes.' },
  },
  'enum-added': {
    severity: { request: 'breaking', reply: 'compatible' },
    means: { request: 'Other values are refused.', reply: 'Callers may rely on these values only.' },
  },
  'enum-removed': {
    severity: { request: 'compatible', reply: 'potentially-breaking' },
    means: { request: 'Callers may send other values, too.', reply: 'Code that handles every value misses others.' },
  },
  'page-contradicts-itself': {
    severity: { request: 'potentially-breaking', reply: 'potentially-breaking' },
    means: {
      request: 'One of the two is out of date; requests may be refused once the API follows the other.',
      reply: 'One of the two is out of date; callers may find something else than the types say.',
    },
  },
  'products-changed': {
    severity: { operation: 'compatible' },
    means: { operation: 'No change of the contract: which accounts may call has changed.' },
  },
  'page-modified': {
    severity: { operation: 'compatible' },
    means: { operation: 'No change of the contract: the page has been edited since it was captured.' },
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** The rule of a name. */
export function ruleOf(ruleId: RuleId): Rule {
  return rules[ruleId];
}

/** What a difference of this kind means for users. */
export function meaningOf(ruleId: string, direction: Direction): string {
  return Object.entries<Rule>(rules).find(([id]) => id === ruleId)?.[1].means[direction] ?? '';
}
