import { rules as contractRules, type Direction, type Severity } from '../spec-diff/index.js';

type ByDirection<T> = Partial<Readonly<Record<Direction, T>>>;

/** What a difference between page and spec means for whoever uses the client. Requests and replies are judged separately. */
const meanings = {
  'path-changed': { request: 'Every request of this client goes to the former path.' },
  'method-changed': { request: 'Every request of this client is sent with the former method.' },
  'server-changed': {
    request: 'Every request of this client goes to the former host, unless `baseUrl` says otherwise.',
  },
  'media-type-changed': { request: 'This client sends its bodies in the former format.' },
  'authorization-changed': { request: 'The access token is sent in a way that is no longer documented.' },
  'success-status-moved': { reply: 'Code that compares the status, and the types by status, expect the former one.' },
  'required-parameter-added': { request: 'Calls without the parameter are refused.' },
  'optional-parameter-added': { request: 'Callers cannot use the parameter yet.' },
  'parameter-removed': { request: 'Callers give a parameter that is no longer documented.' },
  'parameter-renamed': {
    request: 'Addresses stay the same; callers that name the parameter in code have to rename it.',
  },
  'parameter-became-required': { request: 'Calls without the parameter are refused.' },
  'parameter-became-optional': { request: 'Callers give more than they have to.' },
  'required-member-added': {
    request: 'Requests without the member are refused.',
    reply: 'Callers cannot read the member yet.',
  },
  'member-added': { request: 'Callers cannot send the member yet.', reply: 'Callers cannot read the member yet.' },
  'member-added-unmarked': {
    request: 'The page does not say whether it is required; if it is, requests without it are refused.',
  },
  'member-removed': {
    request: 'Callers send a member that is ignored or refused.',
    reply: 'Callers that read the member find nothing.',
  },
  'member-became-required': {
    request: 'Requests without the member are refused.',
    reply: 'Callers need not check for it any more.',
  },
  'member-became-optional': {
    request: 'Callers send more than they have to.',
    reply: 'Callers that read the member without a check may find nothing.',
  },
  'type-changed': {
    request: 'Values of the former type are refused.',
    reply: 'Callers read the value as the former type.',
  },
  'format-changed': {
    request: 'Values of the former format may be refused.',
    reply: 'Callers read the value in the former format.',
  },
  'enum-value-added': {
    request: 'Callers cannot send the value yet.',
    reply: 'Code that handles every value misses this one.',
  },
  'enum-value-removed': {
    request: 'Requests with the value are refused.',
    reply: 'Callers handle a value that no longer comes.',
  },
  'enum-added': { request: 'Other values are refused.', reply: 'Callers may rely on these values only.' },
  'enum-removed': {
    request: 'Callers may send other values, too.',
    reply: 'Code that handles every value misses others.',
  },
  'page-contradicts-itself': {
    request: 'One of the two is out of date; requests may be refused once the API follows the other.',
    reply: 'One of the two is out of date; callers may find something else than the types say.',
  },
  'products-changed': { operation: 'No change of the contract: which accounts may call has changed.' },
  'page-modified': { operation: 'No change of the contract: the page has been edited since it was captured.' },
} as const satisfies Record<string, ByDirection<string>>;

export type RuleId = keyof typeof meanings;

/** The classes of what only a page can differ in; those of every other difference are the rules of `spec:diff`. */
const ownSeverities: Partial<Record<RuleId, ByDirection<Severity>>> = {
  'server-changed': { request: 'breaking' },
  'media-type-changed': { request: 'breaking' },
  'authorization-changed': { request: 'breaking' },
  'member-added-unmarked': { request: 'potentially-breaking' },
  'page-contradicts-itself': { request: 'potentially-breaking', reply: 'potentially-breaking' },
  'products-changed': { operation: 'compatible' },
  'page-modified': { operation: 'compatible' },
};

/** What a difference costs. */
export function severityOf(ruleId: RuleId, direction: Direction): Severity {
  const shared = Object.entries<{ readonly severity: ByDirection<Severity> }>(contractRules).find(
    ([id]) => id === ruleId,
  );
  return (ownSeverities[ruleId] ?? shared?.[1].severity)?.[direction] ?? 'breaking';
}

/** What a difference of this kind means for users. */
export function meaningOf(ruleId: string, direction: Direction): string {
  return Object.entries<ByDirection<string>>(meanings).find(([id]) => id === ruleId)?.[1][direction] ?? '';
}
