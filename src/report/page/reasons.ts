import { count, counted } from '../figures.js';
import type { Reason, RunReport } from '../model.js';
import { html, nothing, type Html } from './html.js';

/** Shows why rows were not created, by category, with some of the rows. */
export function reasonSection({ reasons, unmatchedErrors }: RunReport): Html {
  if (reasons.length === 0 && unmatchedErrors === 0) return nothing;
  return html`<section aria-labelledby="reasons">
    <h2 id="reasons">Why rows were not associated</h2>
    <ul class="reasons">
      ${reasons.map(item)}
    </ul>
    ${unmatchedErrors === 0 ? nothing : html`<p class="quiet">${unmatchedText(unmatchedErrors)}</p>`}
  </section>`;
}

function item({ kind, category, reason, count: rows, examples }: Reason): Html {
  const [first, ...others] = examples;
  return html`<li class="${kind}">
    <p class="kind"><b>${count(rows)}</b> ${kind}${category === null ? '' : html` <code>${category}</code>`}</p>
    <p>${first?.reason ?? reason}</p>
    ${
      first === undefined
        ? nothing
        : html`<details>
            <summary>Row ${String(first.row)}${rows === 1 ? '' : ` and ${counted(rows - 1, 'other')}`}</summary>
            <ol class="rows">
              ${[first, ...others].map(({ row, reason: text }) => html`<li><span>${String(row)}</span> ${text}</li>`)}
              ${rows > examples.length ? html`<li class="quiet">and ${count(rows - examples.length)} more</li>` : nothing}
            </ol>
          </details>`
    }
  </li>`;
}

function unmatchedText(errors: number): string {
  return `${counted(errors, 'refusal')} of the API ${errors === 1 ? 'names' : 'name'} no row that was sent.`;
}
