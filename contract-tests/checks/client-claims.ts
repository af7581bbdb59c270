import { callsOf, type ClientCall } from '../judges/client-calls.js';
import { outcomeOf, type CallOutcome } from '../judges/client-outcome.js';
import { pick, requireEqual, requireThat } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';
import { isJsonObject, listOf, objectOf, operationsOf, type JsonObject } from '../../src/openapi/index.js';
import { samplesOf } from '../values/arbitrary.js';
import { token, type RequestParts } from '../values/request-parts.js';
import { contextsOf, type CheckContext } from './context.js';

/** A promise of the hand-written calls that the spec does not make. */
export interface Claim {
  readonly title: string;
  run(subject: Subject): Promise<void>;
}

/** What the client promises about the connection, and about malicious or broken servers. */
export function claimsOf(document: JsonObject): Claim[] {
  const server = String(objectOf(listOf(document['servers'])[0])['url']);
  const contexts = contextsOf(document, operationsOf(document)).flatMap((context) =>
    callsOf(context.operation)
      .filter(({ validates }) => validates)
      .map((call) => ({ context, call })),
  );
  if (contexts.length === 0) return [missing('No operation of the spec has a hand-written call.')];
  return contexts.flatMap(({ context, call }) =>
    call.canSend(context.request)
      ? claimsOfCall(context, call, server)
      : [missing(`The hand-written call of ${context.operation.operationId} cannot send ${shown(context.request)}.`)],
  );
}

/** Takes the place of claims that cannot be made. */
function missing(why: string): Claim {
  return {
    title: 'its hand-written call can send a valid request',
    run: () =>
      Promise.resolve().then(() => {
        requireThat(false, why);
      }),
  };
}

function shown({ query, header, body }: RequestParts): string {
  const parameters = Object.entries({ query, header }).flatMap(([location, values]) =>
    Object.keys(values).map((name) => `the ${location} parameter ${name}`),
  );
  return [...parameters, ...(isJsonObject(body) ? [] : ['a body that is not an object'])].join(' and ');
}

function claimsOfCall({ source, operation, request }: CheckContext, call: ClientCall, server: string): Claim[] {
  const created = operation.replies.find(({ status }) => status === '201')?.contents[0];
  const complete = objectOf(samplesOf(source, created?.schema.value ?? {}, 1)[0]);
  const callWith = (subject: Subject, answer: () => Response): Promise<CallOutcome> =>
    outcomeOf(subject, call, request, () => Promise.resolve(answer()));
  const created201 = (): Response => Response.json(complete, { status: 201 });
  return [
    {
      title: 'requests go to the documented server unless a base URL is set',
      run: async (subject) => {
        const { sent } = await callWith({ ...subject, baseUrl: '' }, created201);
        const origins = sent.map(({ url }) => new URL(url).origin);
        requireEqual(origins, [server], 'The client sent the request to a server that the spec does not document.');
      },
    },
    {
      title: 'each call sends one request, with the token and a user agent, and does not follow redirects',
      run: async (subject) => {
        const { sent } = await callWith(subject, created201);
        requireEqual(
          sent.map(({ redirect, headers }) => [redirect, headers.get('authorization'), headers.get('user-agent')]),
          [['manual', `Bearer ${token}`, 'hubspot-associations']],
          'The client sent the wrong requests: redirect mode, authorization and user agent of each.',
        );
      },
    },
    {
      title: 'a token that the server echoes, in any encoding, never appears in a result, error or event',
      run: async (subject) => {
        const escaped = Array.from(token, (character) => `%${character.charCodeAt(0).toString(16)}`).join('');
        const encoded = btoa(`:${token}:`);
        for (const form of [`${token} is not ${token}`, escaped, encoded])
          for (const reply of repliesContaining(form, complete)) {
            const text = everythingReported(await callWith(subject, reply));
            for (const secret of [token, escaped, encoded.slice(4, -4)])
              requireThat(!text.includes(secret), `The client exposed the token: ${text}`);
          }
      },
    },
    {
      title: 'an endless reply is a ContractError',
      run: async (subject) => {
        let blocks = 0;
        const pull = (body: ReadableStreamDefaultController<Uint8Array>): void => {
          blocks += 1;
          if (blocks < 100) body.enqueue(new Uint8Array(1_000_000).fill(32));
          else body.close();
        };
        const endless = (): Response => new Response(new ReadableStream({ pull }), { status: 201 });
        const { error } = await callWith(subject, endless);
        requireEqual(
          pick(error, ['code', 'status']),
          { code: 'CONTRACT', status: 201 },
          'The call failed with another error.',
        );
        requireThat(blocks < 100, 'The client read the endless reply to the end.');
      },
    },
  ];
}

function repliesContaining(form: string, complete: JsonObject): (() => Response)[] {
  const body = { category: form, correlationId: form, message: form, [form]: [form] };
  const headers = { 'x-hubspot-correlation-id': form, 'content-type': `text/${form.split(' ')[0] ?? ''}` };
  return [
    () => Response.json(body, { status: 400, headers }),
    () => Response.json({}, { status: 400, headers }),
    () => new Response(`<p>${form}</p>`, { status: 502, headers }),
    () => new Response('no JSON', { status: 201, headers }),
    () => Response.json({ ...complete, ...body, errors: [body] }, { status: 207, headers }),
    () => Response.json(complete, { status: 201, headers: { [`x-${token}`]: form } }),
  ];
}

function everythingReported({ result, error, deviations }: CallOutcome): string {
  const { response } = pick(result, ['response']);
  return [
    error instanceof Error ? [error.message, error.stack] : [],
    JSON.stringify([error, result, deviations]),
    JSON.stringify(response instanceof Response ? [...response.headers] : []),
  ].join(' ');
}
