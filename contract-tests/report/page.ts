import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { JsonObject } from '../../src/openapi/index.js';
import { html, nothing, type Html } from '../../src/report/page/html.js';
import { grouped } from './grouped.js';
import type { ContractReport, ReportedItem } from './model.js';
import { stateOf, summaryOf, verdictOf, type State } from './verdict.js';
import { anchorOf, itemDetails, mark } from './page-item.js';

/** The report as a single file without network access. Everything except the filter works without scripts. */
export function pageOf(report: ContractReport, document: JsonObject): string {
  const [style, script] = [minified('page.css'), minified('page-filter.ts')];
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${verdictOf(report).passed ? '✓' : '✗'} Contract report: ${report.title}</title>
        ${{ html: `<style>${style}</style>` }}
      </head>
      <body>
        <main>
          ${overview(report)} ${failures(report)} ${filter(report.items)}
          ${report.operations.map((operation) => operationSection(operation, report.items, document))}
        </main>
        ${{ html: `<script>${script}</script>` }}
      </body>
    </html> `;
  return page.html;
}

/** Minifies a style or script. It is inlined, so it must not contain the end tag of its element. */
function minified(file: string): string {
  const entryPoints = [join(import.meta.dirname, file)];
  const { outputFiles } = buildSync({ entryPoints, write: false, format: 'iife', minify: true, target: 'es2022' });
  const code = outputFiles.map(({ text }) => text.trim()).join('\n');
  if (/<\/(script|style)/i.test(code)) throw new Error(`${file} contains the end tag of its own element.`);
  return code;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

function overview(report: ContractReport): Html {
  const { passed } = verdictOf(report);
  const facts = [
    ['Target', report.target],
    ['Version of the spec', report.version],
    ['Seed', String(report.seed)],
    ['Started', report.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    ['Duration', `${(report.durationMs / 1_000).toFixed(1)} s`],
  ] as const;
  return html`<h1>Contract report: ${report.title}</h1>
    <p class="verdict" data-state="${passed ? 'passed' : 'failed'}">
      ${mark(passed ? 'passed' : 'failed')}
      <strong>${passed ? 'The contract holds' : 'The contract does not hold'}</strong>: ${summaryOf(report)}
    </p>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}

/** Failures come first, each with a link to its details. */
function failures(report: ContractReport): Html {
  const { failed, missing, otherFailures } = verdictOf(report);
  const count = failed.length + missing.length + otherFailures.length;
  if (count === 0) return nothing;
  return html`<section class="failures">
    <h2>Failures (${count})</h2>
    <ul>
      ${[...failed, ...missing].map(
        (item) =>
          html`<li data-state="${stateOf(item)}">
            ${mark(stateOf(item))} <a href="#${anchorOf(item)}">${item.title}</a>
            <p>${reasonOf(item)}</p>
          </li>`,
      )}
      ${otherFailures.map(
        ({ suite, name, failure = '' }) =>
          html`<li data-state="failed">
            ${mark('failed')} <strong>${name}</strong> (${suite})
            <pre>${failure}</pre>
          </li>`,
      )}
    </ul>
  </section>`;
}

function reasonOf({ observations }: ReportedItem): string {
  if (observations.length === 0) return 'No test exercised this item.';
  const [reason = ''] = (observations.find(({ passed }) => !passed)?.failure ?? '').split('\n\n');
  return reason === '' ? 'It failed.' : reason;
}

function filter(items: readonly ReportedItem[]): Html {
  const count = (state: State): number => items.filter((item) => stateOf(item) === state).length;
  return html`<search>
    <form>
      <label>
        Show
        <select name="state">
          <option value="">All (${items.length})</option>
          <option value="failed">Failed (${count('failed')})</option>
          <option value="not exercised">Not exercised (${count('not exercised')})</option>
        </select>
      </label>
      <label>Find <input type="search" name="words" placeholder="member or pointer" /></label>
      <output></output>
    </form>
  </search>`;
}

/** An operation: its request and each of its replies, open if an item in it failed. */
function operationSection(
  { operationId, method, path }: ContractReport['operations'][number],
  all: readonly ReportedItem[],
  document: JsonObject,
): Html {
  const items = all.filter((item) => item.operationId === operationId);
  const parts = grouped(items, ({ status }) => (status === undefined ? 'Request' : `Reply ${status}`));
  return html`<section class="operation">
    <h2>${operationId}</h2>
    <p><code>${method.toUpperCase()} ${path}</code></p>
    ${[...parts].map(([name, members]) => {
      const passed = members.filter((item) => stateOf(item) === 'passed').length;
      const open = { html: members.some((item) => stateOf(item) === 'failed') ? 'open' : '' };
      return html`<details class="part" ${open}>
        <summary><strong>${name}</strong> ${passed} of ${members.length} passed</summary>
        ${members.map((item) => itemDetails(item, document))}
      </details>`;
    })}
  </section>`;
}
