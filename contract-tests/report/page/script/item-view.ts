import type { Observation } from '../../../judges/observation.js';
import type { Exchange } from '../../../judges/exchange.js';
import type { PageItem } from '../page-item.js';
import { element } from './element.js';

const symbols = { passed: '✓', failed: '✗', 'not exercised': '○' } as const;

/** Everything about one coverage item: the constraint, where it stands, and each test with what it sent and got. */
export function itemView(item: PageItem): HTMLElement[] {
  const { observations, state } = item;
  return [
    element(
      'header',
      { 'data-state': state },
      element('p', { class: 'kicker' }, [item.operationId, item.group, item.status].filter(Boolean).join(' · ')),
      element('h2', { id: 'dialog-title' }, `${symbols[state]} ${item.title}`),
      element('p', { class: 'where' }, element('code', {}, item.pointer)),
      element('p', { class: 'where' }, `generated/openapi.json, line ${String(item.line)}`),
    ),
    element('h3', {}, 'In the spec'),
    element('pre', { tabindex: '0', 'aria-label': 'The spec at this place' }, item.constraint),
    element('h3', {}, observations.length === 0 ? 'No test exercised it' : 'Exercised by'),
    ...observations.map((observation, index) => observationView(observation, index === 0)),
  ];
}

function observationView({ test, passed, failure, exchange }: Observation, open: boolean): HTMLElement {
  const state = passed ? 'passed' : 'failed';
  const view = element(
    'details',
    { class: 'observation', 'data-state': state },
    element('summary', {}, element('span', { class: 'mark', 'aria-label': state }, symbols[state]), ` ${test}`),
    failure === undefined ? undefined : element('pre', { class: 'failure', tabindex: '0' }, failure),
    ...(exchange === undefined ? [element('p', { class: 'none' }, 'Nothing was sent.')] : exchangeView(exchange)),
  );
  view.open = open;
  return view;
}

function exchangeView({ request, reply }: Exchange): HTMLElement[] {
  return [
    messageView('Request', `${request.method} ${request.url}`, request.headers, request.body),
    reply === undefined
      ? element('p', { class: 'none' }, 'No reply.')
      : messageView('Reply', String(reply.status), reply.headers, reply.body),
  ];
}

function messageView(name: string, line: string, headers: Record<string, string>, body: string): HTMLElement {
  return element(
    'section',
    { class: 'message', 'aria-label': name },
    element('h4', {}, name),
    element('p', { class: 'line' }, element('code', {}, line)),
    element(
      'dl',
      {},
      ...Object.entries(headers).map(([header, value]) =>
        element('div', {}, element('dt', {}, header), element('dd', {}, value)),
      ),
    ),
    body === ''
      ? element('p', { class: 'none' }, 'No body.')
      : element('pre', { tabindex: '0', 'aria-label': `${name} body` }, body),
  );
}
