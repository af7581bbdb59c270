import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { longestStepMs, startBrowser } from './browser.js';
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
/** What a page must not do: log, fail, ask the network, or open a box of its own. */
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

const itemNamed = (name: string): ReturnType<Page['locator']> => page.locator(`a.item[aria-label^="${name}"]`);
const dialog = (): ReturnType<Page['locator']> => page.locator('dialog[open]');
const shownItems = (): Promise<number> => page.locator('a.item:visible').count();

describe('the page of a run', () => {
  test('begins with the verdict and what is wrong, above the matrix of each operation', async () => {
    expect(await page.locator('.verdict').innerText()).toContain('The contract does not hold');
    expect(await page.locator('.verdict').innerText()).toContain('4 of 5 places of the spec exercised, 1 failed');
    expect(await page.locator('h2').allInnerTexts()).toEqual(['What is wrong 2', 'createWidget', 'readWidget']);
    const wrong = await page.locator('.failures li').allInnerTexts();
    expect(wrong[0]).toMatch(/name has to be a string\s+Expected 400/);
    expect(wrong[1]).toMatch(/size is required\s+No test exercised it/);
    const rows = await page.locator('.operation').first().locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split(/\s+/).join(' ').trim())).toEqual([
      'the request ✓',
      'Widget ✓○',
      'Widget.name ✗',
    ]);
  });

  test('a click on a coverage item opens the constraint, its place, its tests, the request and the reply', async () => {
    await itemNamed('name has to be a string').click();
    const text = await dialog().innerText();
    expect(text).toContain('/components/schemas/Widget/properties/name/type');
    expect(text).toMatch(/openapi\/associations\.yaml, line \d+/);
    expect(text).toContain('a name of 1 is refused');
    expect(text).toContain('POST http://127.0.0.1/widgets');
    expect(text).toContain('"size": 1');
    expect(text).toContain('< 400');
    expect(await dialog().locator('mark').allInnerTexts()).toEqual(['  "size": 1']);
    expect(await dialog().locator('mark').getAttribute('title')).toBe('must be a string');
  });

  test('a coverage item has an address of its own, which opens it', async () => {
    await itemNamed('name is required').click();
    const own = page.url();
    await page.goto('about:blank');
    complaints = [];
    await page.goto(own);
    expect(await dialog().locator('h2').innerText()).toBe('✓ name is required');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.waitForURL(address);
  });

  test('the filter leaves the coverage items that failed, or that no test exercised, or that hold a word', async () => {
    expect(await shownItems()).toBe(5);
    await page.getByLabel(/^Failed/).check();
    expect(await page.locator('a.item:visible').getAttribute('aria-label')).toBe('name has to be a string: failed');
    expect(await page.locator('.matrix:visible').count()).toBe(1);
    await page.getByLabel(/^Not exercised/).check();
    expect(await page.locator('a.item:visible').getAttribute('aria-label')).toBe('size is required: not exercised');
    await page.getByLabel(/^All/).check();
    await page.getByRole('searchbox').fill('NAME required');
    expect(await page.locator('a.item:visible').getAttribute('aria-label')).toBe('name is required: passed');
    expect(await page.locator('output').innerText()).toBe('1 of 5 shown');
    await page.getByRole('searchbox').fill('nosuch');
    expect(await page.locator('output').innerText()).toContain('Nothing matches');
  });

  test('works by keyboard alone', async () => {
    await page.getByRole('searchbox').focus();
    const onItem = (): Promise<boolean> => page.evaluate(() => globalThis.document.activeElement?.className === 'item');
    for (let steps = 0; steps < 20 && !(await onItem()); steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await dialog().locator('h2').innerText()).toBe('✓ a request');
    await page.keyboard.press('ArrowRight');
    await dialog().getByRole('heading', { name: 'name is required' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await dialog().getByRole('heading', { name: '✓ a request' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog().count()).toBe(0);
    expect(await page.evaluate(() => globalThis.document.activeElement?.textContent)).toBe('✓');
  });
});

test('a request can be copied as a command', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await itemNamed('name has to be a string').click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl -X POST 'http:\/\/127\.0\.0\.1\/widgets/);
  expect(command).toContain('-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"');
  expect(command).toContain(`--data-raw '{"size":1}'`);
});

describe('what a server answers', () => {
  test('stays text', async () => {
    await itemNamed('the status 200').click();
    // NUL is not a character of HTML; the rest has to arrive as it was.
    const [visible = ''] = hostile.split('\u0000');
    expect(await dialog().locator('h2').innerText()).toContain(visible);
    expect(await dialog().locator('pre', { hasText: '<img' }).last().innerText()).toContain(visible);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
  });

  test('holds the token in none of the files', async () => {
    for (const name of ['report.json', 'junit.xml', 'report.html']) {
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

describe('everyone can read it', () => {
  test.each(['light', 'dark'] as const)(
    '%s: no rule of WCAG 2.2 AA is broken, with a coverage item open or not',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(axe.source);
      expect(await accessibilityProblems()).toEqual([]);
      await itemNamed('name has to be a string').click();
      expect(await accessibilityProblems()).toEqual([]);
    },
  );

  test('the heads of the columns stay in sight', async () => {
    await page.setViewportSize({ width: 1200, height: 300 });
    await page.locator('tbody tr').last().scrollIntoViewIfNeeded();
    const head = page.locator('thead').last().locator('th').last();
    const top = async (): Promise<number> => (await head.boundingBox())?.y ?? NaN;
    await page.evaluate(() => {
      globalThis.scrollBy(0, 60);
    });
    expect(await top()).toBeGreaterThanOrEqual(await page.locator('.filter').evaluate((bar) => bar.clientHeight));
  });

  test('a narrow screen scrolls the matrix, not the page, and says so', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    const width = (): Promise<number> => page.evaluate(() => globalThis.document.documentElement.scrollWidth);
    expect(await width()).toBe(360);
    expect(await page.getByText('Scrolls sideways').first().isVisible()).toBe(true);
    await itemNamed('name has to be a string').click();
    expect(await width()).toBe(360);
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
