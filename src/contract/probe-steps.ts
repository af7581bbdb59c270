import type { Operations } from '../../generated/client.js';
import { createAssociationsClient } from '../associations-client.js';
import { isAssociationsError } from '../client/errors.js';
import type { BatchCreateReply } from '../client/read-reply.js';
import type { ProbeSettings } from './probe-settings.js';

/** The operation that the probe calls. */
export const probedOperation = 'batchCreateAssociations' satisfies keyof Operations;

export type Fetch = (request: Request) => Promise<Response>;

/** One harmless request, and the expected result. */
export interface ProbeStep {
  readonly title: string;
  /** Whether the request conforms to the spec. If not, it must be refused. */
  readonly conforms: boolean;
  /** @throws Error that says what was expected and what was received. */
  run(fetch: Fetch): Promise<void>;
}

/** An association type that does not exist: the largest id that the spec allows. */
const unknownTypeId = 2_147_483_647;

/** In the form of a private app's token. */
const wrongToken = 'pat-na1-00000000-0000-0000-0000-000000000000';

/**
 * All requests that are safe on a real account: one associates a pair, which changes nothing the second
 * time; all others must be refused.
 */
export function probeSteps(settings: ProbeSettings, baseUrl: string): ProbeStep[] {
  const { pair, missingId } = settings;
  const version = versionOf(settings);
  const send = (fetch: Fetch, input = pair, accessToken = settings.accessToken): Promise<BatchCreateReply> => {
    const client = createAssociationsClient({
      ...version,
      accessToken,
      baseUrl,
      fetch,
      allowance: false,
      maxAttempts: 1,
    });
    const { fromObjectType, toObjectType } = settings;
    return client.batchCreate({ fromObjectType, toObjectType, inputs: [input] });
  };
  const [type] = pair.types;
  return [
    {
      title: 'a pair is associated',
      conforms: true,
      run: async (fetch) => {
        const { status, data } = await send(fetch);
        const found = data.results.some(
          ({ fromObjectId, toObjectId }) => fromObjectId === pair.from.id && toObjectId === pair.to.id,
        );
        if (status !== 201 || !found) throw new Error('The pair is not among the results of a success.');
      },
    },
    {
      title: 'a record that does not exist is refused',
      conforms: true,
      run: async (fetch) => {
        const outcome = await statusOf(send(fetch, { ...pair, to: { id: missingId } }));
        if (![207, 400, 404].includes(outcome))
          throw new Error(`Expected 207, 400 or 404, received ${String(outcome)}.`);
      },
    },
    {
      title: 'an association type that does not exist is refused',
      conforms: true,
      run: async (fetch) => {
        const types = type === undefined ? [] : [{ ...type, associationTypeId: unknownTypeId }];
        requireStatus(await statusOf(send(fetch, { ...pair, types })), 400);
      },
    },
    {
      title: 'a token that is not known is refused',
      conforms: true,
      run: async (fetch) => {
        requireStatus(await statusOf(send(fetch, pair, wrongToken)), 401);
      },
    },
    {
      title: 'a body without inputs is refused',
      conforms: false,
      run: async (fetch) => {
        requireStatus(await sendBody(settings, baseUrl, fetch, '{}'), 400);
      },
    },
  ];
}

/** The client sends nothing that violates the spec, so this bypasses it, but uses its URL. */
async function sendBody(settings: ProbeSettings, baseUrl: string, fetch: Fetch, body: string): Promise<number> {
  let address = '';
  const client = createAssociationsClient({
    ...versionOf(settings),
    accessToken: settings.accessToken,
    baseUrl,
    allowance: false,
    maxAttempts: 1,
    fetch: (request) => {
      address = request.url;
      return Promise.reject(new Error('Nothing is sent.'));
    },
  });
  const { fromObjectType, toObjectType, pair } = settings;
  await client.batchCreate({ fromObjectType, toObjectType, inputs: [pair] }).catch(() => undefined);
  const headers = { authorization: `Bearer ${settings.accessToken}`, 'content-type': 'application/json' };
  return (await fetch(new Request(address, { method: 'POST', headers, body }))).status;
}

/** The status of a reply, whether success or refusal. Other errors are rethrown. */
async function statusOf(reply: Promise<BatchCreateReply>): Promise<number> {
  try {
    return (await reply).response.status;
  } catch (error) {
    if (isAssociationsError(error) && error.code === 'API') return error.status;
    throw error;
  }
}

function requireStatus(received: number, expected: number): void {
  if (received !== expected) throw new Error(`Expected ${String(expected)}, received ${String(received)}.`);
}

function versionOf({ apiVersion }: ProbeSettings): Pick<ProbeSettings, 'apiVersion'> {
  return apiVersion === undefined ? {} : { apiVersion };
}
