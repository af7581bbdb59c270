import { count, counted, duration } from '../figures.js';
import type { BatchFacts, RunReport, Timeline } from '../model.js';
import { html, nothing, type Html } from './html.js';

/** Shows the pace of the work against the allowance. */
export function paceSection(report: RunReport, timeline: Timeline): Html {
  if (report.requests + report.batches === 0) return nothing;
  const window = duration(timeline.windowSeconds * 1_000);
  const { allowance } = report;
  return html`<section aria-labelledby="pace">
    <h2 id="pace">Pace</h2>
    ${figures(report)}
    <div class="plots">
      ${plot('requests', `Requests in any ${window}`, allowance === null ? 'No allowance was set.' : `The dashed line is the allowance, ${count(allowance.requests)} in ${duration(allowance.perMs)}.`)}
      ${plot('rows', 'Rows per second', `Rows with an outcome, averaged over ${duration(timeline.meanSeconds * 1_000)}.`)}
    </div>
    <details class="numbers">
      <summary>The same in numbers</summary>
      ${timeTable(timeline, window)}
    </details>
  </section>`;
}

function figures(report: RunReport): Html {
  const { requests, rowsPerSecond, waitedMs, workedMs, allowance, peakRequests, retries } = report;
  const causes = retries.after.map(({ cause, count: times }) => `${count(times)} after ${causeText(cause)}`).join(', ');
  const facts: readonly [string, string, string][] = [
    ['Rows per second', count(rowsPerSecond), `over ${duration(workedMs)} of work`],
    [
      'Requests',
      count(requests),
      allowance === null
        ? 'no allowance'
        : `at most ${count(peakRequests)} of ${count(allowance.requests)} in ${duration(allowance.perMs)}`,
    ],
    [
      'Retries',
      retries.known ? count(retries.count) : '?',
      retries.known ? causes : 'an earlier version did not record them',
    ],
    ['Waiting', duration(waitedMs), 'for the allowance, or as the API asked'],
  ];
  return html`<dl class="figures">
    ${facts.map(
      ([name, value, note]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>
            <b>${value}</b>
            <p>${note}</p>
          </dd>
        </div>`,
    )}
  </dl>`;
}

const causes: Readonly<Record<string, string>> = {
  CONNECTION: 'a lost connection',
  TIMEOUT: 'a timeout',
  CONTRACT: 'an unreadable reply',
};

function causeText(cause: string): string {
  return causes[cause] ?? cause;
}

/** Makes a figure in which a script draws a plot that can be explored with the arrow keys. */
function plot(name: string, title: string, note: string): Html {
  return html`<figure data-plot="${name}" hidden>
    <figcaption>
      <h3>${title}</h3>
      <p class="readout" aria-hidden="true"></p>
      <p class="quiet">${note}</p>
    </figcaption>
    <div class="canvas"></div>
  </figure>`;
}

const tableRows = 24;

function timeTable({ at, requests, limit, rowsPerSecond }: Timeline, window: string): Html {
  const each = Math.max(1, Math.ceil(at.length / tableRows));
  const steps = at.flatMap((seconds, step) =>
    (step + 1) % each === 0 || step === at.length - 1 ? [{ seconds, step }] : [],
  );
  const most = (step: number): number => Math.max(...requests.slice(Math.floor(step / each) * each, step + 1));
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="numbers">
    <table>
      <caption id="numbers">
        Requests and rows over the time of work
      </caption>
      <thead>
        <tr>
          <th scope="col">until</th>
          <th scope="col">requests in ${window}, at most</th>
          <th scope="col">allowance</th>
          <th scope="col">rows per second</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          ({ seconds, step }) =>
            html`<tr>
              <th scope="row">${duration(seconds * 1_000)}</th>
              <td>${count(most(step))}</td>
              <td>${limit[step] === null || limit[step] === undefined ? 'none' : count(limit[step])}</td>
              <td>${count(rowsPerSecond[step] ?? 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Shows how long batches took, and the slowest ones. */
export function batchSection({ batches, slowest, runs }: RunReport): Html {
  if (batches === 0) return nothing;
  const several = runs.length > 1;
  return html`<section aria-labelledby="batches">
    <h2 id="batches">${counted(batches, 'batch')}</h2>
    ${plot('batches', 'How long each took', 'From its first request to the outcomes of its rows. Those in the warm colour took more than one request.')}
    <div class="scroll" tabindex="0" role="group" aria-labelledby="slowest">
      <table>
        <caption id="slowest">
          The slowest
        </caption>
        <thead>
          <tr>
            <th scope="col">batch</th>
            <th scope="col">took</th>
            <th scope="col">rows</th>
            <th scope="col">requests</th>
            <th scope="col">resent after</th>
            <th scope="col">correlation id</th>
          </tr>
        </thead>
        <tbody>
          ${slowest.map((batch) => batchRow(batch, several))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function batchRow(
  { run, number, rows, requests, tookMs, retriedAfter, correlationIds }: BatchFacts,
  several: boolean,
): Html {
  return html`<tr>
    <th scope="row">${count(number)}${several ? html` <span class="quiet">run ${run}</span>` : nothing}</th>
    <td>${duration(tookMs)}</td>
    <td>${count(rows)}</td>
    <td>${count(requests)}</td>
    <td>${retriedAfter.length === 0 ? '–' : retriedAfter.map(causeText).join(', ')}</td>
    <td><code>${correlationIds.at(-1) ?? '–'}</code></td>
  </tr>`;
}
