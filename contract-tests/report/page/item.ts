import { html, nothing, type Html } from '../../../src/report/page/html.js';
import type { Exchange } from '../../judges/exchange.js';
import { curlOf, exchangeLines, prettyJson } from '../../judges/exchange-text.js';
import type { Observation } from '../../judges/observation.js';
import { valueAt, type JsonObject } from '../../../src/openapi/index.js';
import type { ReportedItem } from '../model.js';
import { stateOf, type State } from '../verdict.js';

/** Distinguish states without relying on colour. */
const symbols: Readonly<Record<State, string>> = { passed: '✓', failed: '✗', 'not exercised': '○' };

/** A symbol for the eye and a name for screen readers. */
export function mark(state: State): Html {
  return html`<span class="mark" role="img" aria-label="${state}">${symbols[state]}</span>`;
}

/** The name of an item in the address of the page, which stays the same from run to run. */
export function anchorOf({ id }: ReportedItem): string {
  return encodeURIComponent(id);
}

/** One coverage item. Its anchor stands inside it, because a browser opens what holds the target of a link. */
export function itemDetails(item: ReportedItem, document: JsonObject): Html {
  const { title, pointer, file, line } = item;
  const observations = [...item.observations].sort((a, b) => Number(a.passed) - Number(b.passed));
  return html`<details class="item" data-state="${stateOf(item)}">
    <summary>${mark(stateOf(item))} ${title}</summary>
    <p id="${anchorOf(item)}"><code>${pointer}</code> ${file}, line ${line}</p>
    <pre>${specAt(document, pointer)}</pre>
    ${observations.length === 0 ? html`<p>No test exercised it.</p>` : observations.map(observed)}
  </details>`;
}

/** A name or a number means little alone: it is shown with the object or list that holds it. */
function specAt(document: JsonObject, pointer: string): string {
  const value = valueAt(document, pointer);
  const isContainer = typeof value === 'object' && value !== null;
  const shown = isContainer ? value : valueAt(document, pointer.slice(0, pointer.lastIndexOf('/')));
  return prettyJson(JSON.stringify(shown ?? null));
}

function observed({ test, passed, failure, exchange }: Observation): Html {
  // The exchange follows, with what is wrong marked in it.
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
