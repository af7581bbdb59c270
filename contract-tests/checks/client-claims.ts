import { samplesOf, type SchemaSource } from '../values/arbitrary.js';
import { isJsonObject, listOf, objectOf, operationsOf, type JsonObject, type Operation } from '../spec/document.js';
import { token } from '../values/request-parts.js';
import { pick, requireEqual, requireThat } from '../judges/failure.js';
import { someRequest } from '../values/some-request.js';
import { callsOf, type ClientCall } from '../judges/client-calls.js';
import { outcomeOf, type Claim, type Setting } from './claim.js';
import { hostileClaims } from './hostile-claims.js';
import { schemaOracle } from '../values/schema-oracle.js';

/** What the call that is written by hand promises besides the spec: how it reads replies that are not as documented. */
export function claimsOf(document: JsonObject): Claim[] {
  const source: SchemaSource = { document, conforms: schemaOracle(document) };
  return operationsOf(document).flatMap((operation) =>
    callsOf(operation)
      .filter(({ checks }) => checks)
      .flatMap((call) => {
        const setting = settingOf(source, document, operation, call);
        return [
          ...connectionClaims(setting),
          ...hostileClaims(setting),
          ...replyClaims(setting),
          ...requestClaims(setting),
        ];
      }),
  );
}

function settingOf(source: SchemaSource, document: JsonObject, operation: Operation, call: ClientCall): Setting {
  const reply = operation.replies.find(({ status }) => status === '201')?.contents[0];
  requireThat(reply !== undefined, `${operation.operationId} has no reply with status 201.`);
  const [example] = reply.examples;
  return {
    call,
    request: someRequest(source, operation),
    complete: objectOf(example?.value ?? samplesOf(source, reply.schema.value, 1)[0]),
    servers: listOf(document['servers']).map((server) => String(objectOf(server)['url'])),
  };
}

function connectionClaims(setting: Setting): Claim[] {
  const { complete } = setting;
  const answer = (): Response => Response.json(complete, { status: 201 });
  return [
    {
      title: 'without a base URL it sends to the documented server',
      run: async (subject) => {
        const { sent } = await outcomeOf({ ...subject, baseUrl: '' }, setting, answer);
        requireEqual(
          sent.map(({ url }) => new URL(url).origin),
          [setting.servers[0]],
          'It sends to another server.',
        );
      },
    },
    {
      title: 'it sends once, carries the token and its own name, and follows no redirect',
      run: async (subject) => {
        const { sent } = await outcomeOf(subject, setting, answer);
        requireEqual(
          sent.map(({ redirect, headers }) => [redirect, headers.get('authorization'), headers.get('user-agent')]),
          [['manual', `Bearer ${token}`, 'hubspot-associations']],
          'It sends in another way.',
        );
        const { error } = await outcomeOf(
          subject,
          setting,
          () => new Response(null, { status: 307, headers: { location: 'https://example.com/' } }),
        );
        requireEqual(
          pick(error, ['code', 'status']),
          { code: 'API', status: 307 },
          'It takes a redirect for something else.',
        );
      },
    },
    {
      title: 'a lost connection is a ConnectionError, which says whether the request may have arrived',
      run: async (subject) => {
        for (const [code, requestSent] of [
          ['ECONNRESET', true],
          ['ECONNREFUSED', false],
        ] as const) {
          const { error } = await outcomeOf(subject, setting, () => {
            throw new TypeError('fetch failed', { cause: Object.assign(new Error('lost'), { code }) });
          });
          requireEqual(
            pick(error, ['code', 'requestSent']),
            { code: 'CONNECTION', requestSent },
            'It fails in another way.',
          );
        }
      },
    },
  ];
}

function replyClaims(setting: Setting): Claim[] {
  const { complete } = setting;
  const results = listOf(complete['results']).filter(isJsonObject);
  const withResult = (change: JsonObject): JsonObject => ({ ...complete, results: [{ ...results[0], ...change }] });
  const unreadable: [string, unknown, string][] = [
    ['a reply without results', { ...complete, results: undefined }, '/results'],
    ['results that are no list', { ...complete, results: {} }, '/results'],
    ['a result that is no object', { ...complete, results: ['1'] }, '/results/0'],
    ['a result without its first id', withResult({ fromObjectId: undefined }), '/results/0/fromObjectId'],
    ['a result without its second id', withResult({ toObjectId: undefined }), '/results/0/toObjectId'],
    ['an id that is no id', withResult({ toObjectId: true }), '/results/0/toObjectId'],
    ['an id that has lost digits', withResult({ fromObjectId: 2 ** 60 }), '/results/0/fromObjectId'],
    ['a reply that is a list', [complete], '/results'],
    ['a reply that is null', null, '/results'],
  ];
  return [
    ...unreadable.map(([title, body, pointer]): Claim => ({
      title: `${title} is a ContractError`,
      run: async (subject) => {
        for (const status of [200, 201, 207]) {
          const { error } = await outcomeOf(subject, setting, () => Response.json(body, { status }));
          requireEqual(
            pick(error, ['code', 'status', 'pointer']),
            { code: 'CONTRACT', status, pointer },
            `It fails in another way: ${String(error)}`,
          );
        }
      },
    })),
    {
      title: 'an id that comes as a number is read as text, and reported',
      run: async (subject) => {
        const body = withResult({ fromObjectId: 37295 });
        const { result, pointers } = await outcomeOf(subject, setting, () => Response.json(body, { status: 201 }));
        requireEqual(
          listOf(objectOf(pick(result, ['data'])['data'])['results']),
          [{ ...results[0], fromObjectId: '37295' }],
          'It reads another id.',
        );
        requireEqual(pointers, ['/results/0/fromObjectId'], 'It reports something else.');
      },
    },
    {
      title: 'a reply is partial when it has errors, whatever its number, and when it is a 207',
      run: async (subject) => {
        const errors = [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: {} }];
        for (const [status, body, expected] of [
          [200, { ...complete, errors }, { status: 207, errors }],
          [201, { ...complete, errors }, { status: 207, errors }],
          [207, complete, { status: 207, errors: [] }],
          [200, complete, { status: 201, errors: undefined }],
          [202, complete, { status: 201, errors: undefined }],
        ] as const) {
          const { result } = await outcomeOf(subject, setting, () => Response.json(body, { status }));
          const { status: read, data } = pick(result, ['status', 'data']);
          requireEqual(
            { status: read, errors: objectOf(data)['errors'] },
            expected,
            `It reads a ${String(status)} in another way.`,
          );
        }
      },
    },
  ];
}

function requestClaims(setting: Setting): Claim[] {
  const names = Object.keys(setting.request.path);
  return names.flatMap((name) =>
    ['', ' ', '.', '..', '\ud800'].map((value): Claim => ({
      title: `${name} cannot be ${JSON.stringify(value)}, which would change the path`,
      run: async (subject) => {
        const request = { ...setting.request, path: { ...setting.request.path, [name]: value } };
        const { error, sent } = await outcomeOf(subject, { ...setting, request }, () =>
          Response.json(setting.complete),
        );
        requireEqual(sent.length, 0, 'It sends the request.');
        requireEqual(
          pick(error, ['code', 'pointer']),
          { code: 'INPUT', pointer: `/${name}` },
          `It fails in another way: ${String(error)}`,
        );
      },
    })),
  );
}
