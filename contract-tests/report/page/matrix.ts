import { grouped } from '../grouped.js';
import { html, type Markup } from '../markup.js';
import type { ContractReport, ReportedItem } from '../model.js';
import type { State } from '../verdict.js';

/** A state must be told without its colour. */
export const symbols: Readonly<Record<State, string>> = { passed: '✓', failed: '✗', 'not exercised': '○' };

/** A coverage item as the page holds it. */
export interface PageItem extends ReportedItem {
  /** Names the item in the address of the page. */
  readonly anchor: string;
  readonly state: State;
}

/** An address for each item, which stays the same from run to run. */
export function anchorsOf(items: readonly ReportedItem[]): string[] {
  const taken = new Map<string, number>();
  return items.map(({ id }) => {
    const name = id.replaceAll(/[^A-Za-z0-9_.~]+/g, '-');
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}-${String(count)}`;
  });
}

/** One operation: a matrix for its request and for each reply. */
export function operationSection(operation: ContractReport['operations'][number], all: readonly PageItem[]): Markup {
  const { operationId, method, path } = operation;
  const items = all.filter((item) => item.operationId === operationId);
  const parts = grouped(items, ({ status }) => (status === undefined ? 'Request' : `Reply ${status}`));
  return html`<section class="operation" aria-labelledby="operation-${operationId}">
    <h2 id="operation-${operationId}">${operationId}</h2>
    <p class="quiet"><code>${method.toUpperCase()} ${path}</code></p>
    ${[...parts].map(([name, members]) => matrix(name, members))}
  </section>`;
}

/** A row for each place of the spec, a column for each keyword, a square for each item. */
function matrix(name: string, items: readonly PageItem[]): Markup {
  const columns = [...grouped(items, columnOf).keys()].sort((a, b) => rankOf(a) - rankOf(b));
  const passed = items.filter(({ state }) => state === 'passed').length;
  return html`<details class="matrix" open>
    <summary>
      <h3>${name}</h3>
      <span class="quiet">${passed} of ${items.length} passed</span>
    </summary>
    <p class="hint quiet">Scrolls sideways →</p>
    <div class="scroll" tabindex="0" role="region" aria-label="${name}: matrix">
      <table>
        <thead>
          <tr>
            <th scope="col">Place in the spec</th>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${[...grouped(items, ({ place }) => place)].map(([place, members]) => row(place, columns, members))}
        </tbody>
      </table>
    </div>
  </details>`;
}

function row(place: string, columns: readonly string[], items: readonly PageItem[]): Markup {
  // A long path breaks before a member, or within a name in two, and not anywhere.
  const [first = '', ...parts] = place.split(/(?=[.[{])|(?<=[a-z])(?=[A-Z])/);
  return html`<tr>
    <th scope="row">${first}${parts.map((part) => html`<wbr />${part}`)}</th>
    ${columns.map((column) => html`<td>${items.filter((item) => columnOf(item) === column).map(square)}</td>`)}
  </tr>`;
}

/** A link, so that it has a focus and an address, and opens in a second window too. */
function square({ anchor, state, title, pointer, id }: PageItem): Markup {
  const label = `${title}: ${state}`;
  return html`<a
    class="item"
    href="#${anchor}"
    data-state="${state}"
    data-text="${`${title} ${pointer} ${id}`.toLowerCase()}"
    aria-label="${label}"
    title="${label}"
    >${symbols[state]}</a
  >`;
}

/** What a keyword is called where its name alone would not tell. */
const columnNames: Readonly<Record<string, string>> = {
  properties: 'optional',
  additionalProperties: 'more members',
  content: 'media type',
};

function columnOf({ group, keyword }: ReportedItem): string {
  if (keyword !== undefined) return columnNames[keyword] ?? keyword.replace(/^x-/, '');
  return group === 'example' ? 'example' : 'any';
}

/** What is asked first of a value stands first; other keywords follow as the spec has them. */
const columnOrder = ['any', 'example', 'security', 'media type', 'required', 'optional', 'type', 'enum', 'format'];

function rankOf(column: string): number {
  const rank = columnOrder.indexOf(column);
  return rank === -1 ? columnOrder.length : rank;
}
