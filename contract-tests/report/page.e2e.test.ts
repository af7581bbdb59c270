import { mkdtemp, readFile, rm, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { longestStepMs, startBrowser } from '../../src/report/page/test-support.js';
import { document, hostile, sampleReport, token } from './sample-report.js';
import { writeReport } from './write-report.js';

let folder: string;
let address: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-page-'));
  address = pathToFileURL(await writeReport(sampleReport(), document, join(folder, 'contract'))).href;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

let page: Page;
/** What a page must not do: log, throw, request anything, or open a dialog. */
let complaints: string[];
beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(longestStepMs);
  complaints = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const itemNamed = (name: string): Locator => page.locator('.item', { has: page.locator('summary', { hasText: name }) });
const shownItems = (): Promise<string[]> => page.locator('.item:visible > summary').allInnerTexts();
const openAllParts = (): Promise<void> =>
  page.locator('.part').evaluateAll((parts) => {
    for (const part of parts) part.setAttribute('open', '');
  });

describe('the page of a run', () => {
  test('begins with the verdict and the failures, above the coverage items of each operation', async () => {
    expect(await page.locator('.verdict').innerText()).toContain('The contract does not hold');
    expect(await page.locator('.verdict').innerText()).toContain('4 of 5 coverage items exercised, 1 failed');
    expect(await page.locator('h2').allInnerTexts()).toEqual(['Failures (2)', 'createWidget', 'readWidget']);
    const failures = await page.locator('.failures li').allInnerTexts();
    expect(failures[0]).toMatch(/name must be a string\s+Expected 400/);
    expect(failures[1]).toMatch(/size is required\s+No test exercised this item/);
    expect(await page.locator('.part > summary').allInnerTexts()).toEqual([
      'Request 2 of 4 passed',
      'Reply 200 1 of 1 passed',
    ]);
    expect(await shownItems()).toEqual([
      '✓ a request',
      '✓ name is required',
      '○ size is required',
      '✗ name must be a string',
    ]);
  });

  test.each([true, false])(
    'with scripts: %s, the keyboard goes from a failure to its item, its tests and the exchange with the mistakes marked',
    async (javaScriptEnabled) => {
      const other = await browser.newPage({ javaScriptEnabled });
      await other.goto(address);
      await other.keyboard.press('Tab');
      await other.keyboard.press('Enter');
      const open = other.locator('.item[open]');
      await open.waitFor();
      const text = await open.innerText();
      expect(text).toContain('/components/schemas/Widget/properties/name/type');
      expect(text).toMatch(/openapi\/associations\.yaml, line \d+/);
      for (const part of [
        'a name of 1 is refused',
        '> POST http://127.0.0.1/widgets',
        '{\n  "size": 1 ← must be a string\n}\n< 400\n',
      ])
        expect(text).toContain(part);
      expect(await open.locator('mark').allInnerTexts()).toEqual(['  "size": 1']);
      expect(await open.locator('mark + em').innerText()).toBe('← must be a string');
      // The address of the item also opens it in a new window.
      const own = other.url();
      await other.goto('about:blank');
      await other.goto(own);
      await open.waitFor();
      await other.close();
    },
  );

  test('the filter shows the coverage items with the chosen state and all the words', async () => {
    await page.getByLabel('Show').selectOption('failed');
    expect(await shownItems()).toEqual(['✗ name must be a string']);
    expect(await page.locator('.part:visible').count()).toBe(1);
    await page.getByLabel('Show').selectOption('not exercised');
    expect(await shownItems()).toEqual(['○ size is required']);
    await page.getByLabel('Show').selectOption('');
    await page.getByRole('searchbox').fill('NAME required');
    expect(await shownItems()).toEqual(['✓ name is required']);
    expect(await page.locator('output').innerText()).toBe('1 of 5 shown');
  });

  test('shows a request as a curl command', async () => {
    const command = (await itemNamed('name must be a string').locator('details pre').textContent()) ?? '';
    expect(command).toMatch(/^curl -X POST 'http:\/\/127\.0\.0\.1\/widgets/);
    expect(command).toContain('-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"');
    expect(command).toContain(`--data-raw '{"size":1}'`);
  });
});

describe('the content of a reply', () => {
  test('is shown as text, not as markup', async () => {
    await openAllParts();
    await page.locator('.item > summary', { hasText: 'the status 200' }).click();
    // Characters that cannot be seen are shown as escape sequences.
    const visible = hostile.replace('\u0000', String.raw`\u0000`).replace('\u2028', String.raw`\u2028`);
    expect(await itemNamed('the status 200').locator('summary').first().innerText()).toContain(visible);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
  });

  test('contains the token in none of the files', async () => {
    const names = await readdir(join(folder, 'contract'));
    expect(names).toContain('report.json');
    for (const name of names) {
      expect(await readFile(join(folder, 'contract', name), 'utf8')).not.toContain(token);
    }
  });

  test('leaves the JUnit report well-formed, with one case for each coverage item', async () => {
    const text = await readFile(join(folder, 'contract', 'junit.xml'), 'utf8');
    const found = await page.evaluate((xml) => {
      const parsed = new DOMParser().parseFromString(xml, 'application/xml');
      const count = (name: string): number => parsed.querySelectorAll(name).length;
      return [count('parsererror'), count('testsuite'), count('testcase'), count('failure'), count('img')];
    }, text);
    expect(found).toEqual([0, 3, 5, 2, 0]);
  });
});

describe('the page is accessible', () => {
  test.each(['light', 'dark'] as const)('%s: it meets WCAG 2.2 AA, also on a phone', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 360, height: 700 });
    await page.evaluate(axe.source);
    expect(await accessibilityProblems()).toEqual([]);
    await page.locator('.failures a').first().click();
    expect(await accessibilityProblems()).toEqual([]);
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(360);
  });

  async function accessibilityProblems(): Promise<string[]> {
    const found: unknown = await page.evaluate(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
    );
    const { violations } = found as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
    );
  }
});
