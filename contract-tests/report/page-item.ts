import { html, nothing, type Html } from '../../src/report/page/html.js';
import type { Exchange } from '../judges/exchange.js';
import { curlOf, exchangeLines, prettyJson } from '../judges/exchange-text.js';
import type { Observation } from '../judges/observation.js';
import { valueAt, type JsonObject } from '../../src/openapi/index.js';
import type { ReportedItem } from './model.js';
import { stateOf, type State } from './verdict.js';

/** Symbols distinguish states without relying on colour. */
const symbols: Readonly<Record<State, string>> = { passed: '✓', failed: '✗', 'not exercised': '○' };

/** A symbol for the eye and a name for screen readers. */
export function mark(state: State): Html {
  return html`<span class="mark" role="img" aria-label="${state}">${symbols[state]}</span>`;
}

/** The anchor of an item in the URL of the page, stable across runs. */
export function anchorOf({ id }: ReportedItem): string {
  return encodeURIComponent(id);
}

/** A coverage item. Its anchor is inside, because browsers open a `details` element that contains a link's target. */
export function itemDetails(item: ReportedItem, document: JsonObject): Html {
  const { title, pointer, file, line } = item;
  const observations = [...item.observations].sort((a, b) => Number(a.passed) - Number(b.passed));
  return html`<details class="item" data-state="${stateOf(item)}">
    <summary>${mark(stateOf(item))} ${title}</summary>
    <p id="${anchorOf(item)}"><code>${pointer}</code> ${file}, line ${line}</p>
    <pre>${specAt(document, pointer)}</pre>
    ${observations.length === 0 ? html`<p>No test exercised this item.</p>` : observations.map(observed)}
  </details>`;
}

/** Shows a name or a number with the object or array that contains it, since it means little alone. */
function specAt(document: JsonObject, pointer: string): string {
  const value = valueAt(document, pointer);
  const isContainer = typeof value === 'object' && value !== null;
  const shown = isContainer ? value : valueAt(document, pointer.slice(0, pointer.lastIndexOf('/')));
  return prettyJson(JSON.stringify(shown ?? null));
}

function observed({ test, passed, failure, exchange }: Observation): Html {
  // The exchange below shows the rest, with the mistakes marked.
  const [reason = ''] = (failure ?? '').split('\n> ');
  return html`<p>${mark(passed ? 'passed' : 'failed')} ${test}</p>
    ${failure === undefined ? nothing : html`<pre class="failure">${reason}</pre>`}
    ${exchange === undefined ? html`<p>Nothing was sent.</p>` : sentAndReceived(exchange)}`;
}

function sentAndReceived(exchange: Exchange): Html {
  const lines = exchangeLines(exchange).flatMap(({ text, found }) => [
    found === undefined ? html`${text}` : html`<mark>${text}</mark> <em>← ${found}</em>`,
    { html: '\n' },
  ]);
  return html`<pre>${lines}</pre>
    <details>
      <summary>As a curl command</summary>
      <pre>${curlOf(exchange.request)}</pre>
    </details>`;
}
