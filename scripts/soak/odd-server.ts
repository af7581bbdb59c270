import { createServer, type RequestListener } from 'node:http';
import { createAssociationsClient, type OutcomeKind } from '../../src/index.js';
import { oddReplies, type OddReply } from './odd-replies.js';

/** The outcomes of three inputs on a server that always sends the same reply. */
export interface OddReplyResult {
  readonly title: string;
  readonly expected: readonly OutcomeKind[];
  readonly outcomes: readonly OutcomeKind[];
  /** An error that the run threw, which is always a failure. */
  readonly thrown?: unknown;
}

/** Sends three pairs for each odd reply, and records their outcomes. */
export async function runOnOddServer(): Promise<OddReplyResult[]> {
  const results: OddReplyResult[] = [];
  for (const reply of oddReplies) results.push(await runOn(reply));
  return results;
}

async function runOn(reply: OddReply): Promise<OddReplyResult> {
  const server = createServer(answerWith(reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = createAssociationsClient({
    accessToken: 'any',
    baseUrl: `http://127.0.0.1:${String(port)}`,
    allowance: false,
    maxAttempts: 2,
  });
  const inputs = ['1', '2', '3'].map((id) => ({
    from: { id },
    to: { id: `10${id}` },
    types: [{ associationCategory: 'HUBSPOT_DEFINED' as const, associationTypeId: 279 }],
  }));
  const outcomes: OutcomeKind[] = [];
  try {
    const run = client.createAll({ fromObjectType: 'contacts', toObjectType: 'companies', inputs });
    for await (const batch of run) for (const { index, kind } of batch.outcomes) outcomes[index] = kind;
    return { title: reply.title, expected: reply.expected, outcomes };
  } catch (thrown) {
    return { title: reply.title, expected: reply.expected, outcomes, thrown };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

interface Body {
  readonly inputs: readonly { readonly from: { readonly id: string }; readonly to: { readonly id: string } }[];
}

function answerWith({ status, headers, body }: OddReply): RequestListener {
  return (incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
    incoming.on('end', () => {
      const { inputs } = JSON.parse(text) as Body;
      const pairs = inputs.map(({ from, to }) => ({ from: from.id, to: to.id }));
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body(pairs));
    });
  };
}
