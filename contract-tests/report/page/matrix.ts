import type { ContractReport } from '../model.js';
import type { State } from '../verdict.js';
import { html, type Markup } from '../markup.js';
import type { PageItem } from './page-item.js';
import { positionOf, type Position } from './position.js';

/** A state must be told without its colour. */
export const symbols: Readonly<Record<State, string>> = { passed: '✓', failed: '✗', 'not exercised': '○' };

type PlacedItem = PageItem & { readonly position: Position };

/** What is asked first of a value stands first; keywords that are not named here follow as the spec has them. */
const columnOrder = ['any', 'example', 'security', 'media type', 'required', 'optional', 'type', 'enum', 'format'];

function rankOf(column: string): number {
  const rank = columnOrder.indexOf(column);
  return rank === -1 ? columnOrder.length : rank;
}

/** One operation: what was exercised of it, place by place. */
export function operationSection(operation: ContractReport['operations'][number], all: readonly PageItem[]): Markup {
  const items = all
    .filter(({ operationId }) => operationId === operation.operationId)
    .map((item) => ({ ...item, position: positionOf(item) }));
  const sections = grouped(items, ({ position }) => position.section);
  return html`<section class="operation" aria-labelledby="operation-${operation.operationId}">
    <h2 id="operation-${operation.operationId}">${operation.operationId}</h2>
    <p class="route"><span class="method">${operation.method.toUpperCase()}</span> <code>${operation.path}</code></p>
    <nav class="overview" aria-label="${operation.operationId}: parts">
      ${[...sections].map(([name, members]) => overviewLink(anchorOf(operation.operationId, name), name, members))}
    </nav>
    ${[...sections].map(([name, members]) => matrix(anchorOf(operation.operationId, name), name, members))}
  </section>`;
}

function anchorOf(operationId: string, section: string): string {
  return `${operationId}-${section.toLowerCase().replaceAll(/\W+/g, '-')}`;
}

/** A part at a glance: one stroke for each of its coverage items. */
function overviewLink(anchor: string, name: string, items: readonly PlacedItem[]): Markup {
  const strokes = items
    .map(({ state }, index) => ({ state, index }))
    .filter(({ state }) => state !== 'passed')
    .map(({ state, index }) => html`<rect data-state="${state}" x="${index}" width="1" height="1" />`);
  return html`<a href="#${anchor}">
    <span>${name}</span>
    <span class="count">${items.filter(({ state }) => state === 'passed').length} of ${items.length}</span>
    <svg viewBox="0 0 ${items.length} 1" preserveAspectRatio="none" aria-hidden="true">${strokes}</svg>
  </a>`;
}

function matrix(anchor: string, name: string, items: readonly PlacedItem[]): Markup {
  const columns = [...grouped(items, ({ position }) => position.column).keys()].sort((a, b) => rankOf(a) - rankOf(b));
  const rows = grouped(items, ({ position }) => position.row);
  const passed = items.filter(({ state }) => state === 'passed').length;
  return html`<details class="matrix" id="${anchor}" open>
    <summary>
      <h3>${name}</h3>
      <span class="count">${passed} of ${items.length} passed</span>
    </summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${name}: matrix">
      <table>
        <thead>
          <tr>
            <th scope="col">Place in the spec</th>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${[...rows].map(([row, members]) => matrixRow(row, columns, members))}
        </tbody>
      </table>
    </div>
  </details>`;
}

function matrixRow(row: string, columns: readonly string[], items: readonly PlacedItem[]): Markup {
  const inColumn = grouped(items, ({ position }) => position.column);
  return html`<tr>
    <th scope="row">${breakable(row)}</th>
    ${columns.map((column) => html`<td>${(inColumn.get(column) ?? []).map(itemLink)}</td>`)}
  </tr>`;
}

/** A long path breaks before a member, or within a name in two, and not anywhere. */
function breakable(path: string): Markup[] {
  return path
    .split(/(?=[.[{])|(?<=[a-z])(?=[A-Z])/)
    .map((part, index) => (index === 0 ? html`${part}` : html`<wbr />${part}`));
}

/** A link, so that it has a focus and an address, and opens in a second window too. */
function itemLink(item: PageItem): Markup {
  const label = `${item.title}: ${item.state}`;
  return html`<a
    class="cell"
    href="#${item.anchor}"
    data-state="${item.state}"
    data-text="${`${item.title} ${item.pointer} ${item.id}`.toLowerCase()}"
    aria-label="${label}"
    title="${label}"
    >${symbols[item.state]}</a
  >`;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
