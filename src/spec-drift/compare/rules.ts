import { rules as contractRules, type Direction, type Severity } from '../../spec-diff/index.js';

type ByDirection<T> = Partial<Readonly<Record<Direction, T>>>;

/** What a difference between page and spec means for users of the client, in requests and in replies. */
const meanings = {
  'path-changed': { request: 'This client sends every request to the old path.' },
  'method-changed': { request: 'This client sends every request with the old method.' },
  'server-changed': {
    request: 'This client sends every request to the old host, unless `baseUrl` overrides it.',
  },
  'media-type-changed': { request: 'This client sends request bodies in the old format.' },
  'authorization-changed': { request: 'This client sends the access token in a way that is no longer documented.' },
  'success-status-moved': { reply: 'The types, and code that compares the status, expect the old status.' },
  'required-parameter-added': { request: 'Requests without the parameter are rejected.' },
  'optional-parameter-added': { request: 'Callers cannot use the parameter yet.' },
  'parameter-removed': { request: 'Callers send a parameter that is no longer documented.' },
  'parameter-renamed': {
    request: 'URLs stay the same; callers must rename the parameter in their code.',
  },
  'parameter-became-required': { request: 'Requests without the parameter are rejected.' },
  'parameter-became-optional': { request: 'Callers send more than they need to.' },
  'required-member-added': {
    request: 'Requests without the member are rejected.',
    reply: 'Callers cannot read the member yet.',
  },
  'member-added': { request: 'Callers cannot send the member yet.', reply: 'Callers cannot read the member yet.' },
  'member-added-unmarked': {
    request: 'The page does not say whether it is required; if it is, requests without it are rejected.',
  },
  'member-removed': {
    request: 'Callers send a member that is ignored or rejected.',
    reply: 'Callers that read the member get `undefined`.',
  },
  'member-became-required': {
    request: 'Requests without the member are rejected.',
    reply: 'Callers no longer need to check whether it is present.',
  },
  'member-became-optional': {
    request: 'Callers send more than they need to.',
    reply: 'Callers that read the member without a check may get `undefined`.',
  },
  'type-changed': {
    request: 'Values of the old type are rejected.',
    reply: 'Callers expect the old type.',
  },
  'format-changed': {
    request: 'Values in the old format may be rejected.',
    reply: 'Callers expect the old format.',
  },
  'enum-value-added': {
    request: 'Callers cannot send the value yet.',
    reply: 'Code that handles every known value does not handle this one.',
  },
  'enum-value-removed': {
    request: 'Requests with the value are rejected.',
    reply: 'Callers handle a value that no longer occurs.',
  },
  'enum-added': { request: 'Other values are rejected.', reply: 'Callers can rely on these values.' },
  'enum-removed': {
    request: 'Callers may also send other values.',
    reply: 'Code that handles every known value does not handle others.',
  },
  'page-contradicts-itself': {
    request: 'One of the two is out of date; if it is the spec, requests may be rejected.',
    reply: 'One of the two is out of date; replies may not match the types.',
  },
  'products-changed': { operation: 'Not a contract change: other accounts can use the operation.' },
  'page-modified': { operation: 'Not a contract change: the page has been edited since it was captured.' },
} as const satisfies Record<string, ByDirection<string>>;

export type RuleId = keyof typeof meanings;

/** Severities of rules that apply only to pages. The other severities come from the rules of `spec:diff`. */
const ownSeverities: Partial<Record<RuleId, ByDirection<Severity>>> = {
  'server-changed': { request: 'breaking' },
  'media-type-changed': { request: 'breaking' },
  'authorization-changed': { request: 'breaking' },
  'member-added-unmarked': { request: 'potentially-breaking' },
  'page-contradicts-itself': { request: 'potentially-breaking', reply: 'potentially-breaking' },
  'products-changed': { operation: 'compatible' },
  'page-modified': { operation: 'compatible' },
};

/** The severity of a difference. */
export function severityOf(ruleId: RuleId, direction: Direction): Severity {
  const shared = Object.entries<{ readonly severity: ByDirection<Severity> }>(contractRules).find(
    ([id]) => id === ruleId,
  );
  return (ownSeverities[ruleId] ?? shared?.[1].severity)?.[direction] ?? 'breaking';
}

/** What a difference means for users. */
export function meaningOf(ruleId: string, direction: Direction): string {
  return Object.entries<ByDirection<string>>(meanings).find(([id]) => id === ruleId)?.[1][direction] ?? '';
}
