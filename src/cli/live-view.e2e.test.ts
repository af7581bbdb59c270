import { describe, expect, test } from '@jest/globals';
import { ApiError, TimeoutError } from '../client/errors.js';
import { createLiveView, viewModeOf, type LiveView, type LiveViewOptions } from './live-view.js';
import { createSignal, run, start, token, useWorkspace, contactsToCompanies, program } from './test-support.js';

const refusal = (status: number): ApiError => new ApiError(`refused with ${String(status)}`, { status });

/** A view with a clock that the test controls, and its output. */
function show(
  mode: LiveViewOptions['mode'],
  columns?: number,
): { readonly view: LiveView; readonly after: (ms: number) => string; readonly all: () => string } {
  let now = 0;
  let written = '';
  let all = '';
  const callbacks: (() => void)[] = [];
  const write = (text: string): boolean => {
    written += text;
    all += text;
    return true;
  };
  const stream = { write, ...(columns === undefined ? {} : { columns }) };
  const clock = {
    now: () => now,
    every: (_: number, callback: () => void) => {
      callbacks.push(callback);
      return () => callbacks.splice(0);
    },
  };
  const view = createLiveView({ mode, stream, messages: stream, isColored: false, clock });
  return {
    view,
    all: () => all,
    after: (ms) => {
      written = '';
      for (const end = now + ms; now < end;) {
        now += 250;
        for (const callback of callbacks) callback();
      }
      return written.split('\r\u001b[K').at(-1) ?? '';
    },
  };
}

const counts = { created: 0, failed: 0, invalid: 0, unconfirmed: 0, unsent: 0 };
const begin = { total: 200_000, counts, allowance: { requests: 100, perMs: 10_000 }, maxAttempts: 8 };

describe('the live view of a terminal', () => {
  test('shows something before anything has happened', () => {
    expect(show('terminal').all()).toContain('reading 0 rows…');
  });

  test('shows the progress of the scan', () => {
    const { view, after } = show('terminal');
    view.scanned({ rows: 180_000, bytes: 4_500_000, size: 9_000_000 });
    expect(after(1_000)).toMatch(/^reading 180,000 rows…, 50 %, [\d,]+ rows\/s$/);
  });

  test('shows rows, percentage, current rate, time left, and requests against the allowance', () => {
    const { view, after } = show('terminal', 120);
    const growing = { ...counts };
    view.begin({ ...begin, counts: growing });
    for (let batch = 1; batch <= 9; batch += 1) {
      view.event({ type: 'batch.sent', run: 1, batch, inputs: 2_000 });
      view.event({ type: 'request.sent', call: 1, method: 'POST', url: 'http://127.0.0.1/', attempt: 1 });
    }
    growing.created = 17_990;
    growing.failed = 10;
    expect(after(9_000)).toBe(
      '18,000 of 200,000, 9 %, no reply for 9 s, 2,000 rows/s, 1:31 left, 10 failed, 9/100 requests in 10 s, 17,990 created'.slice(
        0,
        119,
      ),
    );
  });

  test.each([
    ['a 429 with Retry-After', refusal(429), 20_000, 1, 'waiting 20 s (429), retry 2 of 8'],
    ['a 503', refusal(503), 0, 2, 'retry 3 of 8 (503)'],
    ['a timeout', new TimeoutError('late', 120_000), 0, 3, 'retry 4 of 8 (no reply)'],
  ])('says what it waits for after %s', (_, error, waitMs, attempt, text) => {
    const { view, after } = show('terminal');
    view.begin(begin);
    after(250);
    view.event({ type: 'request.sent', call: 1, method: 'POST', url: 'http://127.0.0.1/', attempt });
    view.event({ type: 'request.retried', call: 1, attempt, error, waitMs });
    expect(after(250)).toContain(text);
  });

  test('counts down the seconds of a wait, and counts up the seconds without a reply', () => {
    const { view, after } = show('terminal');
    view.begin(begin);
    view.event({ type: 'request.retried', call: 1, attempt: 1, error: refusal(429), waitMs: 20_000 });
    expect(after(5_000)).toContain('waiting 15 s (429)');
    after(15_000);
    view.event({ type: 'batch.sent', run: 1, batch: 1, inputs: 1 });
    view.event({ type: 'request.sent', call: 1, method: 'POST', url: 'http://127.0.0.1/', attempt: 2 });
    expect(after(12_000)).toContain('no reply for 12 s, retry 2 of 8 (429)');
    expect(after(5_000)).toContain('no reply for 17 s');
    view.event({ type: 'batch.finished', run: 1, batch: 1, ...counts });
    expect(after(250)).not.toContain('no reply');
  });

  test.each([80, 60, 30, 0])('fits in %i columns, and keeps the most important parts', (columns) => {
    const { view, after, all } = show('terminal', columns);
    view.begin({
      ...begin,
      total: 123_456_789,
      counts: { created: 98_765_432, failed: 1_234_567, invalid: 9, unconfirmed: 7_654_321, unsent: 0 },
    });
    view.event({ type: 'request.sent', call: 1, method: 'POST', url: 'http://127.0.0.1/', attempt: 1 });
    view.event({ type: 'request.retried', call: 1, attempt: 1, error: refusal(429), waitMs: 20_000 });
    after(1_000);
    expect(all()).toContain('107,654,329 of 123,456,789');
    for (const line of all().split('\r\u001b[K')) expect(line.length).toBeLessThan(columns === 0 ? 80 : columns);
  });

  test('leaves an empty line behind', () => {
    const { view, after, all } = show('terminal');
    view.begin(begin);
    after(1_000);
    view.end();
    expect(all()).toMatch(/\r\u001b\[K$/);
    expect(after(60_000)).toBe('');
  });
});

describe('the live view of a pipe', () => {
  test('has a line at the start, one every ten seconds, and one for each new problem', () => {
    const { view, after } = show('lines');
    view.begin(begin);
    expect(after(500)).toBe('0 of 200,000, 0 %, 0/100 requests in 10 s\n');
    expect(after(9_750)).toBe('');
    expect(after(250)).toBe('0 of 200,000, 0 %, 0/100 requests in 10 s\n');
    view.event({ type: 'request.retried', call: 1, attempt: 1, error: refusal(503), waitMs: 30_000 });
    expect(after(2_000)).toMatch(/^0 of 200,000, 0 %, waiting 28 s \(503\), retry 2 of 8, .*\n$/);
    expect(after(9_750)).toBe('');
  });
});

describe('the live view of a program', () => {
  test('is a JSON object every ten seconds', () => {
    const { view, after } = show('json');
    view.begin(begin);
    expect(after(9_750)).toBe('');
    view.event({ type: 'request.retried', call: 1, attempt: 1, error: refusal(429), waitMs: 20_000 });
    expect(JSON.parse(after(250))).toMatchObject({
      ...{ type: 'progress', phase: 'sending', rows: 0, total: 200_000, created: 0, waitingMs: 19_750 },
      problem: { reason: '429', attempt: 2, maxAttempts: 8 },
    });
  });
});

test('a quiet view shows nothing, but acknowledges an interrupt', () => {
  const { view, after, all } = show('quiet');
  view.begin(begin);
  after(60_000);
  expect(all()).toBe('');
  view.ending();
  expect(all()).toBe('Interrupted. Finishing 0 requests in progress; press Ctrl-C again to stop immediately.\n');
});

test.each([
  [true, {}, 'terminal'],
  [true, { CI: 'true' }, 'lines'],
  [true, { TERM: 'dumb' }, 'lines'],
  [true, { CI: '' }, 'terminal'],
  [false, {}, 'lines'],
])('a stream that is a terminal: %j, in %j, shows %s', (isTTY, environment, mode) => {
  expect(viewModeOf({ isTTY }, environment)).toBe(mode);
});

describe('create', () => {
  const workspace = useWorkspace();

  test('on a terminal of 80 columns shows progress while the server does not reply, and clears it at the end', async () => {
    const shown = createSignal();
    const url = await workspace.serve(async () => {
      await shown.given;
      return Response.json({ category: 'BANNED', message: 'no' }, { status: 403 });
    });
    const file = await workspace.pairs(3);
    const command = `stty cols 80; '${process.execPath}' '${program}' create '${file}' ${contactsToCompanies.join(' ')} --base-url ${url}`;
    const { printed, ended } = start(
      ['-qec', command, '/dev/null'],
      { HUBSPOT_ACCESS_TOKEN: token, TERM: 'xterm' },
      'script',
    );
    await printed('0 of 3');
    shown.give();
    const { stdout } = await ended;
    for (const line of stdout.split(/\r\n|\r\u001b\[K/))
      if (line.includes(' of 3')) expect(line.length).toBeLessThan(80);
    expect(stdout).toMatch(/\r\u001b\[K\r\n.*contacts → companies/);
    expect(stdout).not.toContain('\u001b[33m\u001b');
  });

  test('in a pipe writes no cursor movements', async () => {
    const { stderr } = await run(['create', await workspace.pairs(3), ...contactsToCompanies, '--simulate']);
    expect(stderr).not.toMatch(/[\r\u001b]/);
  });
});
