import { format } from './format.js';
import { liveLine } from './live-line.js';
import { followRun, type LiveRun, type LiveState } from './live-state.js';
import { print } from './print.js';

/** Shows the progress of a run. */
export interface LiveView extends Omit<LiveRun, 'state'> {
  /** Ends the display. */
  readonly end: () => void;
}

/** Where and how progress is shown. */
export interface LiveViewOptions {
  /** `lines` for a pipe, where nothing can be rewritten; `json` for programs. */
  readonly mode: 'terminal' | 'lines' | 'json' | 'quiet';
  readonly stream: Pick<NodeJS.WriteStream, 'write'> & { readonly columns?: number };
  /** Where interrupts are acknowledged, even if no progress is shown. */
  readonly messages: Pick<NodeJS.WriteStream, 'write'>;
  readonly isColored: boolean;
  readonly clock?: LiveClock;
}

/** Time, injected so that tests need not wait. */
interface LiveClock {
  /** Milliseconds since an arbitrary moment. */
  now(): number;
  /** Calls back periodically, and returns a function that stops this. */
  every(ms: number, callback: () => void): () => void;
}

const systemClock: LiveClock = {
  now: () => performance.now(),
  every: (ms, callback) => {
    const timer = setInterval(callback, ms);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};

/** How often to check for something to show, in milliseconds. */
const tickMs = 250;
const firstLineMs = 500;
/** The minimum time between lines in a log; shorter for a new problem. */
const lineMs = 10_000;
const problemLineMs = 2_000;

/** Whether a stream is a terminal that can rewrite a line, and not the log of continuous integration. */
export function viewModeOf(
  stream: Pick<NodeJS.WriteStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv,
): 'terminal' | 'lines' {
  const isContinuousIntegration = !['', 'false', '0'].includes(environment['CI'] ?? '');
  return stream.isTTY && environment['TERM'] !== 'dumb' && !isContinuousIntegration ? 'terminal' : 'lines';
}

/** Creates the view of a command: on standard error, or as JSON on standard output. */
export function viewOf({ json, quiet }: { readonly json: boolean; readonly quiet: boolean }): LiveView {
  const stream = json ? process.stdout : process.stderr;
  const mode = quiet ? 'quiet' : json ? 'json' : viewModeOf(stream, process.env);
  // https://no-color.org
  const isColored = (process.env['NO_COLOR'] ?? '') === '';
  return createLiveView({ mode, stream, messages: process.stderr, isColored });
}

export function createLiveView({ mode, stream, messages, isColored, clock = systemClock }: LiveViewOptions): LiveView {
  const run = followRun(() => clock.now());
  const acknowledgeInterrupt = ({ requestsUnderWay: count }: LiveState): void => {
    print(
      messages,
      `Interrupted. Finishing ${format(count)} requests in progress; press Ctrl-C again to stop immediately.`,
    );
  };
  if (mode === 'quiet') {
    return {
      ...run,
      ending: () => {
        acknowledgeInterrupt(run.state(clock.now()));
      },
      end: () => undefined,
    };
  }
  const startedAt = clock.now();
  const emphasize = (text: string): string => (isColored ? `\u001b[33m${text}\u001b[39m` : text);
  let shown = '';
  let nextAt = startedAt + (mode === 'json' ? lineMs : firstLineMs);
  let problemBefore: string | undefined;

  const rewrite = (): void => {
    // A terminal may not know its width. The last column stays free, since some terminals wrap there.
    const columns = (stream.columns ?? 0) > 0 ? (stream.columns ?? 0) : 80;
    const line = liveLine(run.state(clock.now()), columns - 1, emphasize);
    if (line !== shown) stream.write(`\r\u001b[K${line}`);
    shown = line;
  };
  const addLine = (): void => {
    const now = clock.now();
    const state = run.state(now);
    const problem = state.problem?.reason;
    const isNew = problem !== undefined && problem !== problemBefore;
    if (now < nextAt && !(mode === 'lines' && isNew && now >= nextAt - lineMs + problemLineMs)) return;
    problemBefore = problem;
    nextAt = now + lineMs;
    print(stream, mode === 'json' ? JSON.stringify(progressOf(state)) : liveLine(state, Infinity));
  };
  const show = mode === 'terminal' ? rewrite : addLine;
  const stopTicking = clock.every(tickMs, show);
  if (mode === 'terminal') rewrite();
  return {
    ...run,
    begin: (options) => {
      run.begin(options);
      if (mode === 'terminal') rewrite();
    },
    ending: () => {
      run.ending();
      shown = '';
      if (mode === 'terminal') stream.write('\r\u001b[K');
      acknowledgeInterrupt(run.state(clock.now()));
    },
    end: () => {
      stopTicking();
      if (mode === 'terminal') stream.write('\r\u001b[K');
    },
  };
}

/** Formats the state for programs. */
function progressOf(state: LiveState): Readonly<Record<string, unknown>> {
  const { phase, rows, total, counts, rowsPerSecond, msLeft, waitingMs, requestsUnderWay, problem } = state;
  return {
    type: 'progress',
    ...{ phase, rows, total: total ?? null, ...counts, requestsUnderWay, waitingMs: Math.round(waitingMs) },
    rowsPerSecond: Math.round(rowsPerSecond),
    msLeft: msLeft === undefined ? null : Math.round(msLeft),
    problem: problem ?? null,
  };
}
