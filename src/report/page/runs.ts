import { count, duration, moment } from '../figures.js';
import type { RunFacts, RunReport } from '../model.js';
import { html, nothing, type Html } from './html.js';

/** Shows the runs of a ledger, if there are several. */
export function runSection({ runs }: RunReport): Html {
  if (runs.length < 2) return nothing;
  return html`<section aria-labelledby="runs">
    <h2 id="runs">${count(runs.length)} runs</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="runs">
      <table>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">began</th>
            <th scope="col">worked</th>
            <th scope="col">rows</th>
            <th scope="col">requests</th>
            <th scope="col" class="text">ended</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map(row)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row({ startedAt, lastAt, state, stopped, rows, requests }: RunFacts, index: number): Html {
  const ends = {
    finished: 'at its end',
    stopped: `stopped: ${stopped ?? ''}`,
    open: 'without a record: killed, or in progress',
  };
  return html`<tr>
    <th scope="row">${index + 1}</th>
    <td>${moment(startedAt)}</td>
    <td>${duration(Date.parse(lastAt) - Date.parse(startedAt))}</td>
    <td>${count(rows)}</td>
    <td>${count(requests)}</td>
    <td class="text">${ends[state]}</td>
  </tr>`;
}
