import type { OutcomeKind } from '../../src/index.js';

/** One pair of a request. */
interface Pair {
  readonly from: string;
  readonly to: string;
}

/** An undocumented reply, and the expected outcomes of three inputs on a server that always sends it. */
export interface OddReply {
  readonly title: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: (pairs: readonly Pair[]) => string;
  readonly expected: readonly [OutcomeKind, OutcomeKind, OutcomeKind];
}

const created = ['created', 'created', 'created'] as const;
const unconfirmed = ['unconfirmed', 'unconfirmed', 'unconfirmed'] as const;
const unsent = ['unsent', 'unsent', 'unsent'] as const;

const resultOf = ({ from, to }: Pair): object => ({
  fromObjectTypeId: '0-1',
  fromObjectId: from,
  toObjectTypeId: '0-2',
  toObjectId: to,
  labels: [],
});
const reversed = ({ from, to }: Pair): object => ({
  fromObjectTypeId: '0-2',
  fromObjectId: to,
  toObjectTypeId: '0-1',
  toObjectId: from,
  labels: [],
});
const withNumericIds = ({ from, to }: Pair): object => ({
  ...resultOf({ from, to }),
  fromObjectId: Number(from),
  toObjectId: Number(to),
});

const time = '2026-03-30T09:15:02.118Z';
const complete = (members: object): string =>
  JSON.stringify({ status: 'COMPLETE', startedAt: time, completedAt: time, results: [], ...members });
const refusal = (context: object): object => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  message: 'No contact exists.',
  context,
});
const rateLimited = JSON.stringify({ status: 'error', category: 'RATE_LIMITS', message: 'Too many.' });

const readable: OddReply[] = [
  { title: 'another order', status: 201, body: (pairs) => complete({ results: [...pairs].reverse().map(resultOf) }), expected: created }, // prettier-ignore
  {
    title: 'ids as numbers',
    status: 201,
    body: (pairs) => complete({ results: pairs.map(withNumericIds) }),
    expected: created,
  },
  {
    title: 'both directions',
    status: 201,
    body: (pairs) => complete({ results: pairs.flatMap((pair) => [resultOf(pair), reversed(pair)]) }),
    expected: created,
  },
  {
    title: 'an additional pair',
    status: 201,
    body: (pairs) => complete({ results: [{ from: '7', to: '8' }, ...pairs].map(resultOf) }),
    expected: created,
  },
  {
    title: 'a missing pair',
    status: 201,
    body: (pairs) => complete({ results: pairs.slice(1).map(resultOf) }),
    expected: ['unconfirmed', 'created', 'created'],
  },
  { title: 'no pairs', status: 201, body: () => complete({}), expected: unconfirmed },
  ...['CANCELED', 'PENDING', 'PROCESSING'].map((status): OddReply => ({
    title: `the status ${status}, with results`,
    status: 201,
    body: (pairs) => complete({ status, results: pairs.map(resultOf) }),
    expected: unconfirmed,
  })),
  {
    title: 'an error that names its pair',
    status: 207,
    body: ([first, ...others]) =>
      complete({ results: others.map(resultOf), numErrors: 1, errors: [refusal({ fromObjectId: [first?.from] })] }),
    expected: ['failed', 'created', 'created'],
  },
  {
    title: 'an error that names nothing',
    status: 207,
    body: (pairs) => complete({ results: pairs.slice(1).map(resultOf), numErrors: 1, errors: [refusal({})] }),
    expected: ['unconfirmed', 'created', 'created'],
  },
  {
    title: 'an error that names one id 50,000 times',
    status: 207,
    body: ([first, ...others]) => {
      const errors = [refusal({ fromObjectId: Array.from({ length: 50_000 }, () => first?.from) })];
      return complete({ results: others.map(resultOf), numErrors: 1, errors });
    },
    expected: ['failed', 'created', 'created'],
  },
];

const unreadable: OddReply[] = [
  { title: 'no content', status: 204, body: () => '', expected: unconfirmed },
  { title: 'reset content', status: 205, body: () => '', expected: unconfirmed },
  { title: 'an empty body', status: 201, body: () => '', expected: unconfirmed },
  { title: 'half of the JSON', status: 201, body: (pairs) => complete({ results: pairs.map(resultOf) }).slice(0, 200), expected: unconfirmed }, // prettier-ignore
  { title: 'JSON that is not an object', status: 201, body: () => '[]', expected: unconfirmed },
  { title: 'no list of results', status: 201, body: () => complete({ results: null }), expected: unconfirmed },
  {
    title: 'an HTML page',
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: () => '<p>Sign in',
    expected: unconfirmed,
  },
  { title: 'an unknown error', status: 599, body: () => '', expected: unconfirmed },
];

const stops: OddReply[] = ['9999999999999', '9'.repeat(20), 'Sat, 01 Jan 275760 00:00:00 GMT'].flatMap((retryAfter) =>
  [429, 477].map((status): OddReply => ({
    title: `${String(status)} with Retry-After: ${retryAfter}`,
    status,
    headers: { 'retry-after': retryAfter },
    body: () => rateLimited,
    expected: unsent,
  })),
);

export const oddReplies: readonly OddReply[] = [...readable, ...unreadable, ...stops];
