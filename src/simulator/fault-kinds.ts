/** Whether a value from a file is valid for this member of a fault. */
export type Check<T> = (value: unknown) => value is T;

/** How long a reply is delayed, in milliseconds. */
export type LatencyDistribution =
  | { readonly constant: number }
  | { readonly uniform: readonly [number, number] }
  | { readonly logNormal: { readonly median: number; readonly p99: number } };

const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
const isDuration: Check<number> = (value): value is number => isNumber(value) && value >= 0;
const isShare: Check<number> = (value): value is number => isNumber(value) && value >= 0 && value <= 1;
const isCount: Check<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 1;
const isStatus: Check<number> = (value): value is number => isCount(value) && value >= 300 && value <= 599;
const isText: Check<string> = (value): value is string => typeof value === 'string';
const isFlag: Check<boolean> = (value): value is boolean => typeof value === 'boolean';
const isForm: Check<'seconds' | 'date'> = (value): value is 'seconds' | 'date' =>
  value === 'seconds' || value === 'date';
const isLatency: Check<LatencyDistribution> = (value): value is LatencyDistribution =>
  isRecord(value) &&
  Object.keys(value).length === 1 &&
  (isDuration(value['constant']) ||
    (Array.isArray(value['uniform']) && value['uniform'].length === 2 && value['uniform'].every(isDuration)) ||
    (isRecord(value['logNormal']) &&
      isDuration(value['logNormal']['median']) &&
      isDuration(value['logNormal']['p99'])));
const isListOf =
  <T>(isItem: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(isItem);
const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

/** Which requests a fault affects; all requests without any of these. */
export const selectionMembers = {
  /** The requests by number, counted from 1. */
  at: optional(isListOf(isCount)),
  /** Every nth request. */
  every: optional(isCount),
  /** The probability for each request, from 0 to 1. */
  probability: optional(isShare),
  /** The number of consecutive requests that each occurrence affects. */
  burst: optional(isCount),
};

/** Every kind of fault with its members. The types of faults and the check of a plan follow from this table. */
export const faultKinds = {
  /** The reply is delayed. */
  latency: { ms: isLatency },
  /** The connection is reset before the request is read: nothing is applied. */
  'reset-before': {},
  /** The connection is reset after the request has been applied. */
  'reset-after': {},
  /** No reply ever comes; `applied` says whether the request is applied. */
  hang: { applied: optional(isFlag) },
  /** The body of the reply breaks off half way; the request has been applied. */
  truncate: {},
  /** The body of the reply arrives in pieces, over this many milliseconds. */
  'slow-body': { ms: isDuration },
  /** A refusal: 423, 429, 477, 5xx, … Nothing is applied, unless `applied` is set. */
  status: {
    status: isStatus,
    category: optional(isText),
    policyName: optional(isText),
    retryAfter: optional(isForm),
    retryAfterSeconds: optional(isDuration),
    applied: optional(isFlag),
  },
  /** A gateway's HTML page instead of JSON. Nothing is applied, unless `applied` is set. */
  'gateway-page': { status: optional(isStatus), applied: optional(isFlag) },
  /** The token of the request expires, and is refused from then on. */
  'expire-token': {},
  /** A share of the pairs is neither associated nor mentioned. */
  omit: { share: isShare },
  /** `COMPLETE` with no results; nothing is applied. */
  'empty-complete': {},
  /** The results come in another order. */
  reorder: {},
  /** The ids in the results are numbers. */
  'numeric-ids': {},
  /** Each result comes in both directions. */
  'both-directions': {},
  /** The reply has members that the spec does not know. */
  'extra-fields': {},
  /** The server's clock is off by this many milliseconds. */
  'clock-skew': { ms: isNumber },
};

type Checked<C> = C extends Check<infer T> ? T : never;
type OptionalName<M> = { [Name in keyof M]: undefined extends Checked<M[Name]> ? Name : never }[keyof M];
type Members<M> = { readonly [Name in Exclude<keyof M, OptionalName<M>>]: Checked<M[Name]> } & {
  readonly [Name in OptionalName<M>]?: Exclude<Checked<M[Name]>, undefined>;
};

export type FaultKind = keyof typeof faultKinds;

/** Which requests a fault affects; all requests without any of its members. */
export type FaultSelection = Members<typeof selectionMembers>;

/** What a fault does, by its `kind`. */
export type FaultEffect = {
  [Kind in FaultKind]: { readonly kind: Kind } & Members<(typeof faultKinds)[Kind]>;
}[FaultKind];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
