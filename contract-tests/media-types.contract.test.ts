import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import ts from 'typescript';
import { createProductBuilder, generatedSources, type ProductBuilder } from './mutation/build-product.js';
import { generateClient } from '../scripts/generate/client.js';
import { generateSchemaTypes } from '../scripts/generate/schema-types.js';
import { isSpec } from '../scripts/generate/spec.js';
import { objectOf, type JsonObject } from '../src/openapi/index.js';
import { document } from './judges/product.js';
import { createScratchFolder } from './project/run-group.js';

jest.setTimeout(120_000);

// The page documents only JSON. These operations use the other media types that a spec may have.

const content = (mediaType: string): JsonObject => ({ content: { [mediaType]: { schema: { type: 'string' } } } });

const note = (operationId: string, requestType: string, replies: JsonObject): JsonObject => ({
  operationId,
  requestBody: { required: true, ...content(requestType) },
  responses: replies,
});

function withNotes(): JsonObject {
  return {
    ...structuredClone(document),
    paths: {
      ...objectOf(document['paths']),
      '/notes': {
        put: note('putNote', 'text/markdown', { '200': { description: 'Put.', ...content('text/plain') } }),
        post: note('postNote', 'application/octet-stream', {
          '200': { description: 'Made.', ...content('application/octet-stream') },
        }),
        patch: note('patchNote', 'application/json', { '204': { description: 'Changed.' } }),
        delete: { operationId: 'deleteNote', responses: { '200': { description: 'Gone.', ...content('text/plain') } } },
      },
    },
  };
}

interface Exchange {
  readonly type: string | null;
  readonly body: Buffer;
}

let builder: ProductBuilder;
let call: (
  operationId: string,
  init: object | undefined,
  answer: Response,
) => Promise<{ data: unknown; sent: Exchange }>;
beforeAll(async () => {
  builder = await createProductBuilder();
  const { createClient } = await builder.build(await generatedSources(withNotes()));
  call = async (operationId, init, answer) => {
    const sent: Exchange[] = [];
    const { operations } = createClient({
      accessToken: 'token',
      baseUrl: 'http://127.0.0.1',
      allowance: false,
      maxAttempts: 1,
      onEvent: () => undefined,
      fetch: async (request) => {
        sent.push({ type: request.headers.get('content-type'), body: Buffer.from(await request.arrayBuffer()) });
        return answer;
      },
    });
    const operation: unknown = Reflect.get(operations, operationId);
    if (typeof operation !== 'function') throw new Error(`The client has no operation ${operationId}.`);
    const result: unknown = await Reflect.apply(operation, undefined, init === undefined ? [] : [init]);
    const [first] = sent;
    if (first === undefined) throw new Error('The client sent no request.');
    return { data: objectOf(result)['data'], sent: first };
  };
});
afterAll(() => builder.remove());

describe('an operation whose bodies are not JSON', () => {
  test('sends text with the media type of the spec, and returns text', async () => {
    const { data, sent } = await call('putNote', { body: '# größer' }, new Response('done: 1 < 2'));
    expect(sent).toEqual({ type: 'text/markdown', body: Buffer.from('# größer') });
    expect(data).toBe('done: 1 < 2');
  });

  test('sends bytes unchanged, and returns the bytes of the reply', async () => {
    const bytes = Uint8Array.from([0, 128, 255]);
    const { data, sent } = await call('postNote', { body: bytes }, new Response(bytes));
    expect(sent).toEqual({ type: 'application/octet-stream', body: Buffer.from(bytes) });
    expect(Buffer.from(await new Response(data instanceof Blob ? data : null).arrayBuffer())).toEqual(sent.body);
  });

  test('needs no argument if the spec requires none', async () => {
    expect((await call('deleteNote', undefined, new Response('gone'))).data).toBe('gone');
  });

  test('uses the headers and the parser of the call instead of its own', async () => {
    const init = { body: '# 1', headers: { 'content-type': 'text/plain', 'x-trace': '1' }, parseAs: 'json' };
    const { data, sent } = await call('putNote', init, new Response('{"a":1}'));
    expect({ data, type: sent.type }).toEqual({ data: { a: 1 }, type: 'text/plain' });
  });
});

test('an operation without a reply body returns no data', async () => {
  const { data, sent } = await call('patchNote', { body: 'text' }, new Response(null, { status: 204 }));
  expect({ data, sent }).toEqual({ data: undefined, sent: { type: 'application/json', body: Buffer.from('"text"') } });
});

test('the generated client has the types of the spec', async () => {
  const spec = withNotes();
  if (!isSpec(spec)) throw new Error('The document is not an OpenAPI description.');
  const folder = await createScratchFolder();
  try {
    await writeFile(join(folder, 'schema.ts'), await generateSchemaTypes(spec));
    await writeFile(join(folder, 'client.ts'), generateClient(spec));
    const file = join(folder, 'use.ts');
    await writeFile(
      file,
      `import { createOperations } from './client.js';
       const { putNote, deleteNote } = createOperations();
       export const texts: (string | undefined)[] = [(await putNote({ body: '#' })).data, (await deleteNote()).data];
       // @ts-expect-error The body must be text.
       await putNote({ body: 7 });`,
    );
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      types: ['node'],
    };
    const program = ts.createProgram([file], options);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(messages).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
