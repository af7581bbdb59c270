// Everything that a spec may contain, for `npm run generate` and the contract suite. `npm run generate` rejects
// everything else with its line and the reason, because the suite could test it only in part.

/** Constraints, which the suite tests one by one, with the type that each applies to; `undefined`: any type. */
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

/** Keywords that contain or refer to schemas or members, with the type that each applies to. */
export const structure = {
  $ref: undefined,
  allOf: undefined,
  items: 'array',
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
} as const;

/** Annotations: keywords that constrain nothing. */
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

/** Supported formats, by the type they apply to. */
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

/** Common schema keywords that are not supported, and why. */
export const refusedKeywords: Readonly<Record<string, string>> = {
  $defs: 'move the schemas to components.schemas, where they get names, types and validators.',
  contains: 'TypeScript cannot require an array to contain a certain item.',
  dependentRequired: 'TypeScript cannot express conditional members; use oneOf.',
  dependentSchemas: 'TypeScript cannot express conditional members; use oneOf.',
  discriminator: 'give each branch a required member with a different const, which validators check too.',
  else: 'TypeScript cannot express conditional schemas; use oneOf.',
  if: 'TypeScript cannot express conditional schemas; use oneOf.',
  not: 'TypeScript cannot express exclusions; describe the allowed values instead.',
  nullable: 'OpenAPI 3.1 has no nullable; add null to the list of types.',
  patternProperties: 'TypeScript cannot constrain names; describe the values with additionalProperties.',
  prefixItems: 'items that differ by position cannot be tested; use items.',
  propertyNames: 'TypeScript cannot constrain names.',
  readOnly: 'use separate schemas for request and reply.',
  then: 'TypeScript cannot express conditional schemas; use oneOf.',
  unevaluatedItems: 'describe all items with items.',
  unevaluatedProperties: 'put all members into one schema with additionalProperties: false.',
  writeOnly: 'use separate schemas for request and reply.',
};

/** Supported methods. */
export const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Methods that are not supported, and why. */
export const refusedMethods: Readonly<Record<string, string>> = {
  head: 'its replies have no body to compare with the spec.',
  options: 'servers, proxies and the mock answer it themselves, for browsers.',
  trace: 'fetch does not send it.',
};

/** Supported locations of parameters, each with its only supported style. */
export const parameterStyles = { path: 'simple', query: 'form', header: 'simple' } as const;

/** Headers that OpenAPI ignores as parameters, or that the client or the mock sets. */
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

/** Supported media types besides JSON: text without constraints. */
export const textTypes = /^text\/[\w.+-]+(?:;|$)/;

/** Supported members of each OpenAPI object, besides `x-` extensions. */
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

/** Members that are not supported, and why. */
export const refusedMembers: Readonly<Record<string, string>> = {
  $ref: 'write the path item inline; the operations of a referenced one would be ignored.',
  allowEmptyValue: 'an empty value cannot be distinguished from a missing one.',
  allowReserved: 'the client encodes every reserved character.',
  callbacks: 'the client receives no requests.',
  content: 'describe the value with schema.',
  encoding: 'it applies to forms, which are not supported.',
  servers: 'the client sends every operation to the first server of the spec.',
  variables: 'the client does not substitute variables; list a server for each URL.',
  webhooks: 'the client receives no requests.',
};

/** Types of security schemes that use a bearer token. */
export const securityTypes: ReadonlySet<string> = new Set(['http', 'oauth2', 'openIdConnect']);
