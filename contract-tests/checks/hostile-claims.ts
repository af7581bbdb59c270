import { outcomeOf, type Claim, type Setting } from './claim.js';
import { token } from '../values/request-parts.js';
import { pick, requireEqual, requireThat } from '../judges/failure.js';

/** What the client promises of servers that mean it ill, or are broken. */
export function hostileClaims(setting: Setting): Claim[] {
  const { complete } = setting;
  return [
    {
      title: 'a token that the server repeats, in whatever form, comes back in no result, error or event',
      run: async (subject) => {
        const escaped = Array.from(token, (character) => `%${character.charCodeAt(0).toString(16)}`).join('');
        for (const form of [`${token} is not ${token}`, escaped, btoa(`:${token}:`)]) {
          const says = { category: form, correlationId: form, message: form, [form]: [form] };
          const headers = { 'x-hubspot-correlation-id': form, 'content-type': `text/${form.split(' ')[0] ?? ''}` };
          const answers = [
            () => Response.json(says, { status: 400, headers }),
            () => Response.json({}, { status: 400, headers }),
            () => new Response(`<p>${form}</p>`, { status: 502, headers }),
            () => new Response('no JSON', { status: 201, headers }),
            () => Response.json({ ...complete, ...says, errors: [says] }, { status: 207, headers }),
            () => Response.json(complete, { status: 201, headers: { [`x-${token}`]: form } }),
          ];
          for (const repeating of answers) {
            const { result, error, pointers } = await outcomeOf(subject, setting, repeating);
            const { response } = pick(result, ['response']);
            const text = [
              error instanceof Error ? [error.message, error.stack] : [],
              JSON.stringify([error, result, pointers]),
              JSON.stringify(response instanceof Response ? [...response.headers] : []),
            ].join(' ');
            for (const secret of [token, escaped, btoa(`:${token}:`).slice(4, -4)])
              requireThat(!text.includes(secret), `The client shows the token: ${text}`);
          }
        }
      },
    },
    {
      title: 'a reply without an end is a ContractError',
      run: async (subject) => {
        let sent = 0;
        const block = new Uint8Array(1_000_000).fill(32);
        const { error } = await outcomeOf(subject, setting, () => {
          const pull = (body: ReadableStreamDefaultController<Uint8Array>): void => {
            sent += 1;
            if (sent < 100) body.enqueue(block);
            else body.close();
          };
          return new Response(new ReadableStream({ pull }), { status: 201 });
        });
        requireEqual(pick(error, ['code', 'status']), { code: 'CONTRACT', status: 201 }, 'It fails in another way.');
        requireThat(sent < 100, 'It reads whatever comes.');
      },
    },
  ];
}
