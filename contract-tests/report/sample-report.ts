import type { JsonObject } from '../../src/openapi/index.js';
import { buildReport, type Findings } from './build-report.js';
import type { ContractReport } from './model.js';
import type { Observation } from '../judges/observation.js';
import type { Exchange } from '../judges/exchange.js';
import type { CoverageItem } from '../spec/coverage-item.js';

/** A reply that tries to break out of the text and inject markup. */
export const hostile = '</script><img src=x onerror="alert(1)"><!--<script>alert(2)</script>&amp;\u0000\u2028';

/** A token that must not appear in a report. */
export const token = 'pat-na1-0123456789abcdef';

/** A synthetic spec with two operations. */
export const document: JsonObject = {
  openapi: '3.1.1',
  info: { title: 'Widgets', version: '7' },
  paths: {
    '/widgets': {
      post: {
        operationId: 'createWidget',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Widget' } } } },
        responses: { '201': { description: 'Created.' } },
      },
    },
    '/widgets/{id}': { get: { operationId: 'readWidget', responses: { '200': { description: 'Found.' } } } },
  },
  components: {
    schemas: {
      Widget: { type: 'object', required: ['name', 'size'], properties: { name: { type: 'string' }, size: {} } },
    },
  },
};

function item(given: Omit<CoverageItem, 'id'>): CoverageItem {
  const { operationId, group, pointer, keyword = '' } = given;
  return { ...given, id: `${operationId} ${group} ${pointer} ${keyword}`.trim() };
}

const create = { operationId: 'createWidget', group: 'request constraint' } as const;

/** The coverage items of that spec, as the suite would derive them. */
export const items = {
  request: item({
    operationId: 'createWidget',
    group: 'request',
    title: 'a request',
    place: 'the request',
    pointer: '/paths/~1widgets/post',
  }),
  name: item({
    ...create,
    title: 'name is required',
    place: 'Widget',
    pointer: '/components/schemas/Widget/required/0',
    keyword: 'required',
  }),
  size: item({
    ...create,
    title: 'size is required',
    place: 'Widget',
    pointer: '/components/schemas/Widget/required/1',
    keyword: 'required',
  }),
  type: item({
    ...create,
    title: 'name must be a string',
    place: 'Widget.name',
    pointer: '/components/schemas/Widget/properties/name/type',
    keyword: 'type',
  }),
  status: item({
    operationId: 'readWidget',
    group: 'status',
    title: `the status 200 ${hostile}`,
    place: 'the reply',
    pointer: '/paths/~1widgets~1{id}/get/responses/200',
    status: '200',
  }),
};

/** A rejected request; the server echoes the token. */
export const exchange: Exchange = {
  request: {
    method: 'POST',
    url: `http://127.0.0.1/widgets?token=${token}`,
    headers: { Authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"size":1}',
  },
  reply: {
    status: 400,
    headers: { 'x-hostile': hostile, 'set-cookie': `session=${token}` },
    body: JSON.stringify({ message: `${token} was refused`, [hostile]: hostile }),
  },
  findings: [{ in: 'request', pointer: '/size', message: 'must be a string' }],
};

const observations: readonly Observation[] = [
  { itemId: items.request.id, test: 'a request is accepted', passed: true, durationMs: 250, exchange },
  { itemId: items.name.id, test: 'a widget without a name is refused', passed: true, durationMs: 250, exchange },
  { itemId: items.name.id, test: 'a widget without a name is not sent', passed: true, durationMs: 250 },
  {
    itemId: items.type.id,
    test: 'a name of 1 is refused',
    passed: false,
    durationMs: 250,
    failure: `Expected 400. ${hostile}`,
    exchange,
  },
  { itemId: items.status.id, test: `a widget is read ${hostile}`, passed: true, durationMs: 250, exchange },
];

/** A report in which one coverage item failed, one was not exercised, and the others passed. */
export function sampleReport(given: Partial<Findings> = {}): ContractReport {
  return buildReport({
    document,
    items: Object.values(items),
    observations,
    otherTests: [],
    startedAt: new Date(),
    target: 'a synthetic server',
    complete: true,
    ...given,
  });
}
