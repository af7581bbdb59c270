import type { Direction, Severity } from './finding.js';
import type { RuleId } from './rules.js';
import type { Json, Sketch } from './test-support.js';

const breaking = 'breaking';
const potentially = 'potentially-breaking';
const compatible = 'compatible';
const text = { type: 'string' };

const parameter = (given: Json): Sketch => ({ operation: { parameters: [shelf, given] } });
const shelf = { name: 'shelf', in: 'path', required: true, schema: text };
const query = { name: 'order', in: 'query', schema: text };
const body = (given: Json): Sketch => ({
  operation: { requestBody: { content: { 'application/json': {} }, ...given } },
});
const replies = (...statuses: string[]): Sketch => ({
  responses: Object.fromEntries(statuses.map((status) => [status, { description: '' }])),
});
const headers = (given: Json): Sketch => ({ reply200: { headers: given } });
const limit = (inputs: number): Sketch => ({ operation: { 'x-hubspot-limits': { inputs } } });
const content = (...mediaTypes: string[]): Json => ({
  content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, {}])),
});
const security = (list: unknown, securitySchemes: Json = schemes): Sketch => ({
  operation: { security: list },
  components: { securitySchemes },
});
const schemes = { oauth: { type: 'oauth2', flows: {} }, key: { type: 'apiKey', in: 'query', name: 'key' } };

/** One change of an operation, with its expected severity and pointer. */
export type OperationCase = readonly [RuleId, Direction, old: Sketch, changed: Sketch, Severity, pointer: string];

export const operationCases: readonly OperationCase[] = [
  ['operation-removed', 'operation', {}, { path: '/other' }, breaking, 'operation'],
  ['operation-added', 'operation', { path: '/other' }, {}, compatible, 'operation'],
  ['path-changed', 'request', { path: '/v1/{shelf}/books' }, { path: '/v2/{shelf}/books' }, breaking, 'path'],
  ['path-changed', 'request', { path: '/a/v4/b/{shelf}' }, { path: '/a/b/2026-03/{shelf}' }, breaking, 'path'],
  ['method-changed', 'request', { method: 'post' }, { method: 'put' }, breaking, 'path'],
  ['server-removed', 'request', {}, { root: { servers: [] } }, breaking, 'servers'],
  ['server-added', 'request', { root: { servers: [] } }, {}, compatible, 'servers'],
  ['authorization-required', 'request', {}, security([{ oauth: [] }]), breaking, 'security'],
  ['authorization-required', 'request', security([{}, { key: [] }]), security([{ key: [] }]), breaking, 'security'],
  [
    'authorization-optional',
    'request',
    security([{ oauth: [] }]),
    security([{ oauth: [] }, {}]),
    compatible,
    'security',
  ],
  ['bearer-token-refused', 'request', security([{ oauth: [] }]), security([{ key: [] }]), breaking, 'security'],
  [
    'bearer-token-refused',
    'request',
    security([{ oauth: [] }]),
    security([{ oauth: [], key: [] }]),
    breaking,
    'security',
  ],
  ['bearer-token-accepted', 'request', security([{ key: [] }]), security([{ oauth: [] }]), compatible, 'security'],
  [
    'required-parameter-added',
    'request',
    {},
    parameter({ ...query, required: true }),
    breaking,
    'parameters/query/order',
  ],
  ['optional-parameter-added', 'request', {}, parameter(query), compatible, 'parameters/query/order'],
  ['parameter-removed', 'request', parameter(query), {}, breaking, 'parameters/query/order'],
  [
    'parameter-renamed',
    'request',
    {},
    { path: '/shelves/{shelfId}/books', operation: { parameters: [{ ...shelf, name: 'shelfId' }] } },
    breaking,
    'parameters/path/shelf',
  ],
  [
    'parameter-became-required',
    'request',
    parameter(query),
    parameter({ ...query, required: true }),
    breaking,
    'parameters/query/order',
  ],
  [
    'parameter-became-optional',
    'request',
    parameter({ ...query, required: true }),
    parameter(query),
    compatible,
    'parameters/query/order',
  ],
  [
    'parameter-serialized-differently',
    'request',
    parameter(query),
    parameter({ ...query, explode: false }),
    breaking,
    'parameters/query/order',
  ],
  ['required-body-added', 'request', {}, body({ required: true }), breaking, 'requestBody'],
  ['body-added', 'request', {}, body({}), compatible, 'requestBody'],
  ['body-added', 'reply', replies('200'), {}, compatible, 'responses/200'],
  ['body-removed', 'request', body({}), {}, breaking, 'requestBody'],
  ['body-removed', 'reply', {}, replies('200'), breaking, 'responses/200'],
  ['body-became-required', 'request', body({}), body({ required: true }), breaking, 'requestBody'],
  ['body-became-optional', 'request', body({ required: true }), body({}), compatible, 'requestBody'],
  ['media-type-added', 'request', body({}), body(content('application/json', 'text/csv')), compatible, 'requestBody'],
  [
    'media-type-added',
    'reply',
    {},
    { reply200: content('application/json', 'text/csv') },
    potentially,
    'responses/200',
  ],
  ['media-type-removed', 'request', body(content('application/json', 'text/csv')), body({}), breaking, 'requestBody'],
  ['media-type-removed', 'reply', { reply200: content('application/json', 'text/csv') }, {}, breaking, 'responses/200'],
  ['constraint-added', 'request', {}, limit(9), breaking, 'requestBody'],
  ['constraint-removed', 'request', limit(9), {}, compatible, 'requestBody'],
  ['constraint-tightened', 'request', limit(9), limit(8), breaking, 'requestBody'],
  ['constraint-loosened', 'request', limit(8), limit(9), compatible, 'requestBody'],
  ['success-status-moved', 'reply', replies('200'), replies('201'), breaking, 'responses'],
  ['success-status-added', 'reply', replies('200'), replies('207', '200'), potentially, 'responses/207'],
  ['success-status-removed', 'reply', replies('200', '207'), replies('200'), breaking, 'responses/207'],
  ['error-status-added', 'reply', replies('200'), replies('200', '409'), compatible, 'responses/409'],
  ['error-status-removed', 'reply', replies('200', '409'), replies('200'), potentially, 'responses/409'],
  ['header-added', 'reply', {}, headers({ Age: { schema: text } }), compatible, 'responses/200 headers/age'],
  ['header-removed', 'reply', headers({ Age: { schema: text } }), {}, breaking, 'responses/200 headers/age'],
  [
    'header-became-optional',
    'reply',
    headers({ Age: { required: true } }),
    headers({ age: {} }),
    breaking,
    'responses/200 headers/age',
  ],
  [
    'header-became-required',
    'reply',
    headers({ Age: {} }),
    headers({ AGE: { required: true } }),
    compatible,
    'responses/200 headers/age',
  ],
];
