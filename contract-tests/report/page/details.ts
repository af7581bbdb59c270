import type { Exchange } from '../../judges/exchange.js';
import { curlOf, exchangeLines, prettyJson } from '../../judges/exchange-text.js';
import type { Observation } from '../../judges/observation.js';
import { valueAt, type JsonObject } from '../../../src/openapi/index.js';
import { html, type Markup } from '../markup.js';
import { symbols, type PageItem } from './matrix.js';

/** Everything about one coverage item: the constraint, where it stands, and each test with what it sent and got. */
export function detailsOf(item: PageItem, document: JsonObject): Markup {
  const { operationId, group, status, state, title, pointer, file, line } = item;
  const observations = [...item.observations].sort((a, b) => Number(a.passed) - Number(b.passed));
  return html`<header data-state="${state}">
      <p class="quiet">${[operationId, group, status].filter((part) => part !== undefined).join(' · ')}</p>
      <h2 id="dialog-title"><span class="mark">${symbols[state]}</span> ${title}</h2>
      <p class="quiet"><code>${pointer}</code> ${file}, line ${line}</p>
    </header>
    <h3>In the spec</h3>
    <pre tabindex="0" aria-label="The spec at this place">${prettyJson(JSON.stringify(partAt(document, pointer)))}</pre>
    <h3>${observations.length === 0 ? 'No test exercised it' : 'Exercised by'}</h3>
    ${observations.map(observed)}`;
}

/** A name or a number says little alone: it is shown with what it stands in. */
function partAt(document: JsonObject, pointer: string): unknown {
  const value = valueAt(document, pointer);
  if (typeof value === 'object' && value !== null) return value;
  return valueAt(document, pointer.slice(0, pointer.lastIndexOf('/'))) ?? null;
}

function observed({ test, passed, failure, exchange }: Observation): Markup {
  const state = passed ? 'passed' : 'failed';
  // The exchange follows, with what is wrong marked in it.
  const [reason = ''] = (failure ?? '').split('\n> ');
  return html`<section class="observation" data-state="${state}">
    <p><span class="mark" aria-label="${state}">${symbols[state]}</span> ${test}</p>
    ${failure === undefined ? undefined : html`<pre class="failure" tabindex="0">${reason}</pre>`}
    ${exchange === undefined ? html`<p class="quiet">Nothing was sent.</p>` : sentAndReceived(exchange)}
  </section>`;
}

function sentAndReceived(exchange: Exchange): Markup {
  const lines = exchangeLines(exchange).map(({ text, found }) => [
    found === undefined ? text : html`<mark title="${found}">${text}</mark> <em>${found}</em>`,
    '\n',
  ]);
  return html`<pre tabindex="0" aria-label="Request and reply">${lines}</pre>
    <button class="copy" type="button" value="${curlOf(exchange.request)}">Copy as curl</button>`;
}
