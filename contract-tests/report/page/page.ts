import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { JsonObject } from '../../../src/openapi/index.js';
import { html, Markup } from '../markup.js';
import type { ContractReport } from '../model.js';
import { stateOf, summaryOf, verdictOf, type State } from '../verdict.js';
import { detailsOf } from './details.js';
import { anchorsOf, operationSection, symbols, type PageItem } from './matrix.js';

/** The report as one page that needs nothing but itself: no network, no other file. */
export function pageOf(report: ContractReport, document: JsonObject): string {
  const style = minified('page.css');
  const script = minified('script.ts');
  const anchors = anchorsOf(report.items);
  const items = report.items.map((item, index) => ({ ...item, anchor: anchors[index] ?? '', state: stateOf(item) }));
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(
            script,
          )}'; base-uri 'none'; form-action 'none'"
        />
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
        ${items.map((item) => html`<template id="details-${item.anchor}">${detailsOf(item, document)}</template>`)}
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return text;
}

/** Style and script become part of the page, and must not end the element that they stand in. */
function minified(file: string): string {
  const entryPoints = [join(import.meta.dirname, file)];
  const { outputFiles } = buildSync({ entryPoints, write: false, format: 'iife', minify: true, target: 'es2022' });
  const code = outputFiles.map(({ text }) => text.trim()).join('\n');
  if (/<\/(script|style)/i.test(code)) throw new Error(`${file} would end its own element.`);
  return code;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

function header(report: ContractReport): Markup {
  const { passed, exercised, total, failed } = verdictOf(report);
  const facts = [
    ['Target', report.target],
    ['Version of the spec', report.version],
    ['Seed', String(report.seed)],
    ['Started', report.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    ['Duration', `${(report.durationMs / 1_000).toFixed(1)} s`],
  ];
  const share = (count: number): string => ((100 * count) / Math.max(total, 1)).toFixed(2);
  return html`<header class="top" data-state="${passed ? 'passed' : 'failed'}">
    <p class="quiet">Contract report</p>
    <h1>${report.title}</h1>
    <p class="verdict">
      <span class="mark" aria-hidden="true">${passed ? symbols.passed : symbols.failed}</span>
      <strong>${passed ? 'The contract holds' : 'The contract does not hold'}</strong>
      <span>${summaryOf(report)}</span>
    </p>
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect data-state="failed" width="${share(failed.length)}" height="1" />
      <rect data-state="passed" x="${share(failed.length)}" width="${share(exercised - failed.length)}" height="1" />
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

/** What is wrong comes first, with a link to its details. */
function failures(report: ContractReport, items: readonly PageItem[]): Markup | undefined {
  const { otherFailures } = verdictOf(report);
  const of = (state: State): PageItem[] => items.filter((item) => item.state === state);
  const wrong = [...of('failed'), ...(report.complete ? of('not exercised') : [])];
  if (wrong.length + otherFailures.length === 0) return undefined;
  return html`<section class="failures" aria-labelledby="failures">
    <h2 id="failures">What is wrong <span class="quiet">${wrong.length + otherFailures.length}</span></h2>
    <ol>
      ${wrong.map(
        (item) =>
          html`<li data-state="${item.state}">
            <span class="mark" aria-label="${item.state}">${symbols[item.state]}</span>
            <a href="#${item.anchor}">${item.title}</a>
            <p class="what">${reasonOf(item)}</p>
            <p class="quiet"><code>${item.pointer}</code> ${item.file}:${item.line}</p>
          </li>`,
      )}
      ${otherFailures.map(
        ({ suite, name, failure }) =>
          html`<li data-state="failed">
            <span class="mark" aria-label="failed">${symbols.failed}</span>
            <strong>${name}</strong>
            <p class="quiet">${suite}</p>
            <pre tabindex="0">${failure}</pre>
          </li>`,
      )}
    </ol>
  </section>`;
}

function reasonOf({ observations, state }: PageItem): string {
  if (state === 'not exercised') return 'No test exercised it.';
  const [reason = ''] = (observations.find(({ passed }) => !passed)?.failure ?? '').split('\n\n');
  return reason === '' ? 'It failed.' : reason;
}

function filter(items: readonly PageItem[]): Markup {
  const choices: readonly (readonly [State | 'all', string])[] = [
    ['all', 'All'],
    ['failed', 'Failed'],
    ['not exercised', 'Not exercised'],
  ];
  return html`<form class="filter" role="search">
    <fieldset>
      <legend>Show</legend>
      ${choices.map(([state, label]) => {
        const count = items.filter((item) => state === 'all' || item.state === state).length;
        const checked = new Markup(state === 'all' ? 'checked' : '');
        return html`<label
          ><input type="radio" name="state" value="${state}" ${checked} /><span>${label} <b>${count}</b></span></label
        >`;
      })}
    </fieldset>
    <label class="search"
      ><span>Find</span><input type="search" name="text" placeholder="member, keyword or pointer"
    /></label>
    <output aria-live="polite"></output>
  </form>`;
}
