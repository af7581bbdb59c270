type Json = Readonly<Record<string, unknown>>;

export const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
export const text = { type: 'string' };
export const object = (members: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  required,
  properties: members,
});

/** A spec with one operation and the given changes. */
export function spec({
  schema = text,
  operation = {},
  item = {},
  parameters = [],
  reply = {},
  root = {},
}: Change): Json {
  const post = {
    operationId: 'put',
    parameters,
    responses: { '200': { description: 'Put.', ...reply } },
    ...operation,
  };
  return {
    openapi: '3.1.1',
    servers: [{ url: 'https://api.example.com' }],
    paths: { '/notes/{id}': { post, ...item } },
    components: {
      schemas: { Note: object({ body: schema }) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
    ...root,
  };
}

export type Change = Readonly<Partial<Record<'schema' | 'operation' | 'item' | 'reply' | 'root', Json>>> & {
  readonly parameters?: readonly Json[];
};

export const query = (schema: Json, more: Json = {}): Json => ({ name: 'q', in: 'query', schema, ...more });
