import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { run } from '../../cli/test-support.js';
import type { ReportRecord } from '../records.js';
import { sampleRecords } from '../test-support.js';
import { longestStepMs, startBrowser } from './test-support.js';

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)> "quoted" & 'single' {{7*7}} \u202egnp.exe`;

let folder: string;
let browser: Browser;
const addresses = new Map<string, string>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-page-'));
  browser = await startBrowser();
  await makePage('two-runs', [...sampleRecords({ batches: 1_240, killedAfter: [700] })]);
  await makePage('large', [...sampleRecords({ batches: 50_000, rowsPerBatch: 100 })]);
  await makePage('hostile', hostileRecords());
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Makes the page of these records, like the command. */
async function makePage(name: string, records: readonly ReportRecord[]): Promise<void> {
  const [ledger, html] = [join(folder, `${name}.ndjson`), join(folder, `${name}.html`)];
  const lines = records.map((record) =>
    JSON.stringify(
      record.type === 'begin'
        ? { ...record, version: 1, input: { sha256: 'a', bytes: 2 ** 40, ...record.input }, tokenFingerprint: 'f' } // prettier-ignore
        : record,
    ),
  );
  await writeFile(ledger, `${lines.join('\n')}\n{"type":"batch","number":`);
  expect(await run(['report', ledger, '--html', html])).toMatchObject({ exitCode: 0, stderr: '' });
  addresses.set(name, pathToFileURL(html).href);
}

function hostileRecords(): ReportRecord[] {
  const records = [...sampleRecords({ batches: 3, ended: false })];
  const notCreated = [{ row: 2, kind: 'failed' as const, category: hostile, reason: hostile }];
  return records.map((record) => {
    if (record.type === 'run') return { ...record, file: hostile };
    if (record.type === 'begin') return { ...record, parameters: { ...record.parameters, fromObjectType: hostile } };
    return record.type === 'batch' ? { ...record, notCreated, correlationIds: [hostile] } : record;
  });
}

let page: Page;
/** What a page must not do: log, fail, use the network, or open a dialog. */
let complaints: string[];
beforeEach(() => {
  complaints = [];
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

async function open(name: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
  page = await browser.newPage(options);
  page.setDefaultTimeout(longestStepMs);
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== addresses.get(name)) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(addresses.get(name) ?? '');
}

const plot = (name: string): ReturnType<Page['locator']> => page.getByRole('slider', { name });

describe('the page of a run', () => {
  test('begins with the outcomes, which add up to the rows, and how to resume', async () => {
    await open('two-runs');
    expect(await page.locator('h1').innerText()).toBe('2,479,760 of 2,480,000 rows associated');
    expect(await page.locator('.outcomes dt').allInnerTexts()).toEqual(['created', 'failed', 'invalid', 'unconfirmed', 'unsent']); // prettier-ignore
    const counts = await page.locator('.outcomes b').allInnerTexts();
    expect(await page.locator('.sum').innerText()).toBe(
      `${counts.join(' + ')} = 2,480,000 rows, each with one outcome`,
    );
    expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(2_480_000);
    expect(await page.locator('.command code').innerText()).toMatch(/^hubspot-associations create .* --ledger /);
    expect(await page.locator('h2').allInnerTexts()).toEqual(['Outcomes', 'To resume', 'Why rows were not associated', 'Pace', '1,240 batches', '2 runs']); // prettier-ignore
  });

  test('says why rows were not associated, and which', async () => {
    await open('two-runs');
    const first = page.locator('.reasons > li').first();
    expect(await first.innerText()).toMatch(/168 failed OBJECT_NOT_FOUND\s+The API refused \d+ → 9991400212/);
    await first.locator('summary').click();
    expect(await first.locator('.rows li').count()).toBe(6);
    expect(await first.locator('.rows li').last().innerText()).toBe('and 163 more');
  });

  test('has plots that can be explored with the arrow keys, and a table with the same numbers', async () => {
    await open('two-runs');
    const requests = plot('Requests in any 10 s');
    await requests.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await requests.getAttribute('aria-valuenow')).toBe('1');
    expect(await requests.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ s: \d+ of 100 requests$/);
    expect(await page.locator('figure[data-plot=requests] .readout').innerText()).toBe(
      await requests.getAttribute('aria-valuetext'),
    );
    await page.getByText('The same in numbers').click();
    expect(await page.locator('.numbers tbody tr').count()).toBeGreaterThan(10);
  });

  test('draws 50,000 batches, each of which can be reached with the keyboard', async () => {
    await open('large');
    const batches = plot('How long each took');
    expect(await batches.getAttribute('aria-valuemax')).toBe('49999');
    await batches.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('PageDown');
    expect(await batches.getAttribute('aria-valuenow')).toBe('44999');
    // The pixels show that the points are drawn.
    const colours = await page.locator('canvas').evaluateAll((canvases) =>
      (canvases as HTMLCanvasElement[]).map((canvas) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        return new Set(new Uint32Array(Uint8ClampedArray.from(data).buffer)).size;
      }),
    );
    expect(colours).toHaveLength(3);
    for (const count of colours) expect(count).toBeGreaterThan(5);
  });
});

test('texts of a server or a file are escaped', async () => {
  await open('hostile');
  const shown = hostile.replace('\u202e', String.raw`\u202e`);
  expect(await page.locator('.about').innerText()).toContain(shown);
  expect(await page.locator('.reasons').innerText()).toContain(shown);
  expect(await page.locator('tbody code').first().innerText()).toBe(shown);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(2);
  expect(await readFile(join(folder, 'hostile.html'), 'utf8')).not.toMatch(/https?:\/\/(?!api\.hubapi\.com|github\.com\/leeoniya)/); // prettier-ignore
});

describe('the page is accessible', () => {
  test.each([
    ['light', 1_280],
    ['dark', 1_280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    '%s, %d pixels wide: it conforms to WCAG 2.2 AA, and does not scroll sideways',
    async (colorScheme, width) => {
      // prettier-ignore
      await open('two-runs', { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.evaluate(axe.source);
      const found: unknown = await page.evaluate(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
      );
      const { violations } = found as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
      };
      expect(
        violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
        ),
      ).toEqual([]);
    },
  );

  test('without scripts it has everything except the plots', async () => {
    await open('two-runs', { javaScriptEnabled: false });
    expect(await page.locator('h1').innerText()).toContain('rows associated');
    expect(await page.locator('figure:visible').count()).toBe(0);
  });
});
