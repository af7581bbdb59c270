import { createHash } from 'node:crypto';
import type { RunReport } from '../model.js';
import type { Summary } from '../summarize.js';
import { html, jsonElement, type Html } from './html.js';
import { outcomeSection, resumeSection } from './outcomes.js';
import { batchSection, paceSection } from './pace.js';
import { reasonSection } from './reasons.js';
import { runSection } from './runs.js';
import { stateText } from '../status-text.js';
import { count } from '../figures.js';

/** The page's style and script, inserted by scripts/build.ts. */
declare const reportPage: { readonly style: string; readonly script: string };

/** Makes the report as one self-contained page: it needs no network and no other file. */
export function pageOf({ report, timeline }: Summary): string {
  const { style, script } = reportPage;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${titleOf(report)}: ${nameOf(report)}</title>
        ${verbatim('style', style)}
      </head>
      <body>
        ${header(report)}
        <main>
          ${outcomeSection(report)} ${resumeSection(report)} ${reasonSection(report)} ${paceSection(report, timeline)}
          ${batchSection(report)} ${runSection(report)}
        </main>
        ${jsonElement('timeline', timeline)} ${verbatim('script', script)}
      </body>
    </html> `.html;
}

function header(report: RunReport): Html {
  const { from, to, target, types } = report;
  return html`<header class="title">
    <p class="about"><span class="state ${report.state}">${stateNames[report.state]}</span> ${nameOf(report)}</p>
    <h1>${titleOf(report)}</h1>
    <p class="lead">${stateText(report)}</p>
    <p class="quiet">${[`${from} → ${to}`, target, ...types].filter((text) => text !== '').join(' · ')}</p>
  </header>`;
}

const stateNames = { finished: 'Finished', stopped: 'Stopped', open: 'No end recorded' };

function nameOf({ file, from, to }: RunReport): string {
  return file === null || file === '-' ? `${from} → ${to}` : file;
}

function titleOf({ outcomes, rows }: RunReport): string {
  if (rows === null) return `${count(outcomes.created)} rows associated`;
  if (outcomes.created === rows) return rows === 1 ? 'The row is associated' : `All ${count(rows)} rows associated`;
  return `${count(outcomes.created)} of ${count(rows)} rows associated`;
}

/** Not escaped: style and script are the project's own, and must not contain the end tag of their element. */
function verbatim(element: 'style' | 'script', code: string): Html {
  return { html: `<${element}>${code}</${element}>` };
}

function hashOf(code: string): string {
  return `sha256-${createHash('sha256').update(code).digest('base64')}`;
}
