import { outcomeKinds } from '../../bulk/outcome.js';
import { count, share } from '../figures.js';
import type { RunReport } from '../model.js';
import { sumText } from '../status-text.js';
import { html, nothing, type Html } from './html.js';

const meanings = {
  created: 'the API confirmed the pair',
  failed: 'the API refused the pair',
  invalid: 'refused before sending',
  unconfirmed: 'sent, neither confirmed nor refused',
  unsent: 'not sent',
  pending: 'not sent yet, or in progress',
};

const names = { pending: 'not recorded' };

type Part = keyof typeof meanings;

/** Shows the outcomes, which add up to the rows. */
export function outcomeSection(report: RunReport): Html {
  const { outcomes, rows, pending } = report;
  const parts = [
    ...outcomeKinds.map((kind) => ({ part: kind, rows: outcomes[kind] })),
    ...(pending === 0 || pending === null ? [] : [{ part: 'pending' as const, rows: pending }]),
  ];
  const whole = parts.reduce((sum, part) => sum + part.rows, 0);
  return html`<section aria-labelledby="outcomes">
    <h2 id="outcomes" class="unseen">Outcomes</h2>
    ${bar(parts, whole)}
    <dl class="outcomes">
      ${parts.map(
        ({ part, rows: number }) =>
          html`<div class="${part}${number === 0 ? ' none' : ''}">
            <dt>${part === 'pending' ? names.pending : part}</dt>
            <dd>
              <b>${count(number)}</b>
              <p>${number === 0 ? '' : `${share(number, whole)}, `}${meanings[part]}</p>
            </dd>
          </div>`,
      )}
    </dl>
    <p class="sum">
      ${sumText(report)}
      ${rows === null ? 'rows; how many the file has was not counted' : html`= <b>${count(rows)} rows</b>, each with one outcome`}
    </p>
  </section>`;
}

/** The minimum width of a part, so that small ones stay visible. */
const leastWidth = 6;
const fullWidth = 1_000;

function bar(parts: readonly { readonly part: Part; readonly rows: number }[], whole: number): Html {
  const shown = parts.filter(({ rows }) => rows > 0);
  const room = fullWidth - shown.length * leastWidth;
  let x = 0;
  const pieces = shown.map(({ part, rows }) => {
    const width = leastWidth + (room * rows) / Math.max(1, whole);
    const piece = html`<rect class="${part}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="10" />`;
    x += width;
    return piece;
  });
  return html`<svg class="bar" viewBox="0 0 ${fullWidth} 10" preserveAspectRatio="none" aria-hidden="true">
    ${pieces}
  </svg>`;
}

/** Shows how to resume. */
export function resumeSection({ resume }: RunReport): Html {
  const { command, advice } = resume;
  return html`<section class="resume" aria-labelledby="resume">
    <h2 id="resume">${command === null ? 'Nothing is left to send' : 'To resume'}</h2>
    ${
      command === null
        ? nothing
        : html`<div class="command">
            <pre tabindex="0" aria-label="The command that resumes the run"><code>${command}</code></pre>
            <button type="button" hidden data-copy="${command}">Copy</button>
          </div>`
    }
    <p>${advice}</p>
  </section>`;
}
