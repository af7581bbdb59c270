// What a spec may hold: the one list that `npm run generate` and the contract suite read. Whatever is
// not in it is refused by `npm run generate`, with its line and the reason, rather than half tested.

/** Schema keywords that forbid something; the suite tests each of them by itself. Those of one type only name it. */
export const assertions = {
  type: undefined,
  enum: undefined,
  const: undefined,
  anyOf: undefined,
  oneOf: undefined,
  format: undefined,
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'number',
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  minItems: 'array',
  maxItems: 'array',
  uniqueItems: 'array',
  minProperties: 'object',
  maxProperties: 'object',
} as const;

/** Schema keywords whose constraints are those of the schemas, or of the members, that they hold. */
export const structure = {
  $ref: undefined,
  allOf: undefined,
  items: 'array',
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
} as const;

/** Schema keywords that say something to people and to tools, and forbid nothing. */
export const annotations: ReadonlySet<string> = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'xml',
]);

/** Formats, by the type that they say more of. */
export const formats = {
  'date-time': 'string',
  date: 'string',
  time: 'string',
  duration: 'string',
  uuid: 'string',
  email: 'string',
  hostname: 'string',
  ipv4: 'string',
  ipv6: 'string',
  uri: 'string',
  'uri-reference': 'string',
  'json-pointer': 'string',
  regex: 'string',
  byte: 'string',
  password: 'string',
  binary: 'string',
  int32: 'number',
  int64: 'number',
  float: 'number',
  double: 'number',
} as const;

/** Schema keywords that a spec may well have, and why they are refused. */
export const refusedKeywords: Readonly<Record<string, string>> = {
  $defs: 'put the schemas into components.schemas, where they get names, types and validators.',
  contains: 'no type says that a list holds a certain item.',
  dependentRequired: 'no type says that one member asks for another; describe each form of the object with oneOf.',
  dependentSchemas: 'no type says that one member changes another; describe each form of the object with oneOf.',
  discriminator: 'give each branch a required member with a const of its own, which validators check, too.',
  else: 'no type can depend on a value; describe each form with oneOf.',
  if: 'no type can depend on a value; describe each form with oneOf.',
  not: 'no type says what a value is not; say what it is.',
  nullable: 'OpenAPI 3.1 has no nullable; write null into the list of types.',
  patternProperties: 'no type says how names are spelled; describe the values with additionalProperties.',
  prefixItems: 'a list whose items differ by their position cannot be tested; describe its items with items.',
  propertyNames: 'no type says how names are spelled.',
  readOnly: 'a member that only replies have makes two schemas of one; describe request and reply apart.',
  then: 'no type can depend on a value; describe each form with oneOf.',
  unevaluatedItems: 'describe all items with items.',
  unevaluatedProperties: 'name all members in one schema, and close it with additionalProperties.',
  writeOnly: 'a member that only requests have makes two schemas of one; describe request and reply apart.',
};

/** Methods of operations. */
export const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Methods that are refused, and why. */
export const refusedMethods: Readonly<Record<string, string>> = {
  head: 'its replies have no body, so none of them can be compared with the spec.',
  options: 'servers and proxies answer it themselves, for browsers, and the mock does, too.',
  trace: 'fetch does not send it.',
};

/** Where parameters may stand, with the only style that they may have there. */
export const parameterStyles = { path: 'simple', query: 'form', header: 'simple' } as const;

/** Headers that OpenAPI ignores as parameters, or that the client and the mock set themselves. */
export const reservedHeaders: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'prefer',
  'user-agent',
]);

/** The media types of bodies besides JSON: text without constraints. */
export const textTypes = /^text\/[\w.+-]+(?:;|$)/;

/** What of an operation, a parameter and so on may be said, besides `x-` extensions. */
export const members = {
  pathItem: ['summary', 'description', 'parameters', ...methods],
  operation: [
    ...['operationId', 'tags', 'summary', 'description', 'externalDocs', 'deprecated'],
    ...['parameters', 'requestBody', 'responses', 'security'],
  ],
  parameter: [
    'name',
    'in',
    'description',
    'required',
    'deprecated',
    'style',
    'explode',
    'schema',
    'example',
    'examples',
  ],
  header: ['description', 'required', 'deprecated', 'style', 'explode', 'schema', 'example', 'examples'],
  requestBody: ['description', 'required', 'content'],
  response: ['description', 'headers', 'content', 'links'],
  mediaType: ['schema', 'example', 'examples'],
  server: ['url', 'description'],
} as const;

/** Members that are refused, and why. */
export const refusedMembers: Readonly<Record<string, string>> = {
  $ref: 'write the path in place: its operations would be passed over.',
  allowEmptyValue: 'an empty value cannot be told from none.',
  allowReserved: 'the client encodes every reserved character.',
  callbacks: 'the client receives no requests.',
  content: 'describe the value with schema.',
  encoding: 'it is about forms, which are not supported.',
  servers: 'the client sends every operation to the first server of the spec.',
  variables: 'the client takes the address as it is; write one server for each.',
  webhooks: 'the client receives no requests.',
};

/** Types of security schemes that a client sends as its bearer token. */
export const securityTypes: ReadonlySet<string> = new Set(['http', 'oauth2', 'openIdConnect']);
