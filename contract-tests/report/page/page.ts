import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { JsonObject } from '../../spec/document.js';
import type { ContractReport, OtherFailure } from '../model.js';
import { verdictOf, type State } from '../verdict.js';
import { dataBlock, html, Markup } from '../markup.js';
import { operationSection, symbols } from './matrix.js';
import { pageItemsOf, type PageItem } from './page-item.js';

/** The report as one page that needs nothing but itself: no network, no other file. */
export async function pageOf(report: ContractReport, document: JsonObject): Promise<string> {
  const style = await bundled('style', 'main.css');
  const script = await bundled('script', 'main.ts');
  const items = pageItemsOf(report, document);
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${verdictOf(report).passed ? '✓' : '✗'} Contract report: ${report.title}</title>
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        ${header(report)}
        <main>
          ${failures(report, items)} ${filter(items)}
          ${report.operations.map((operation) => operationSection(operation, items))}
        </main>
        <dialog aria-labelledby="dialog-title"></dialog>
        ${dataBlock('cells', items)} ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return text;
}

/** Style and script become part of the page, and must not end the element that they stand in. */
async function bundled(...path: string[]): Promise<string> {
  const entryPoints = [join(import.meta.dirname, ...path)];
  const target = 'es2022';
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target,
  });
  const code = outputFiles.map(({ text }) => text.trim()).join('\n');
  if (/<\/(script|style)/i.test(code)) throw new Error(`${path.join('/')} would end its own element.`);
  return code;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

function header(report: ContractReport): Markup {
  const { passed, exercised, total, failed } = verdictOf(report);
  const failures = failed.length + report.otherFailures.length;
  const facts: [string, string][] = [
    ['Target', report.target],
    ['Version of the spec', report.version],
    ['Seed', String(report.seed)],
    ['Started', report.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    ['Duration', `${(report.durationMs / 1_000).toFixed(1)} s`],
  ];
  const share = (count: number): string => ((100 * count) / Math.max(total, 1)).toFixed(2);
  return html`<header class="top" data-verdict="${passed ? 'passed' : 'failed'}">
    <p class="kicker">Contract report</p>
    <h1>${report.title}</h1>
    <p class="verdict">
      <span class="badge" aria-hidden="true">${passed ? symbols.passed : symbols.failed}</span>
      <strong>${passed ? 'The contract holds' : 'The contract does not hold'}</strong>
      <span
        >${exercised} of ${total} places exercised${report.complete ? '' : ' in a part of the suite'}, ${failures}
        failed</span
      >
    </p>
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="failed" width="${share(failed.length)}" height="1" />
      <rect class="passed" x="${share(failed.length)}" width="${share(exercised - failed.length)}" height="1" />
    </svg>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

function failures(report: ContractReport, items: readonly PageItem[]): Markup {
  const failed = items.filter(({ state }) => state === 'failed');
  const missing = report.complete ? items.filter(({ state }) => state === 'not exercised') : [];
  const count = failed.length + missing.length + report.otherFailures.length;
  if (count === 0) return html``;
  return html`<section class="failures" aria-labelledby="failures">
    <h2 id="failures">What is wrong <span class="count">${count}</span></h2>
    <ol>
      ${failed.map((wrong) => failure(wrong, firstFailure(wrong)))} ${report.otherFailures.map(otherItem)}
      ${missing.map((wrong) => failure(wrong, 'No test exercised it.'))}
    </ol>
  </section>`;
}

function firstFailure(item: PageItem): string {
  const [reason = ''] = (item.observations.find(({ passed }) => !passed)?.failure ?? '').split('\n\n');
  return reason === '' ? 'It failed.' : reason;
}

function failure(item: PageItem, what: string): Markup {
  return html`<li data-state="${item.state}">
    <span class="mark" aria-label="${item.state}">${symbols[item.state]}</span>
    <a href="#${item.anchor}">${item.title}</a>
    <p class="what">${what}</p>
    <p class="where">
      <span>${[item.group, item.status].filter((part) => part !== undefined).join(' ')}</span>
      <code>${item.pointer}</code> <span>openapi.json:${item.line}</span>
    </p>
  </li>`;
}

function otherItem({ test, failure }: OtherFailure): Markup {
  return html`<li data-state="failed">
    <span class="mark" aria-label="failed">${symbols.failed}</span>
    <strong>${test}</strong>
    <pre>${failure}</pre>
  </li>`;
}

function filter(items: readonly PageItem[]): Markup {
  const count = (state: State): number => items.filter((item) => item.state === state).length;
  const choices: [string, string, number][] = [
    ['all', 'All', items.length],
    ['failed', 'Failed', count('failed')],
    ['not exercised', 'Not exercised', count('not exercised')],
  ];
  return html`<form class="filter" role="search">
    <fieldset>
      <legend>Show</legend>
      ${choices.map(
        ([value, label, number], index) =>
          html`<label
            ><input type="radio" name="state" value="${value}" ${index === 0 ? new Markup('checked') : ''} /><span
              >${label} <b>${number}</b></span
            ></label
          >`,
      )}
    </fieldset>
    <label class="search"
      ><span>Find</span><input type="search" name="text" placeholder="member, keyword or pointer"
    /></label>
    <output aria-live="polite"></output>
  </form>`;
}
