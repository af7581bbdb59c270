import uPlot, { type AlignedData, type Series } from 'uplot';
import type { Timeline } from '../../model.js';
import { clockSteps, clockTime, number, takes } from './texts.js';
import { addKeyboardNavigation } from './keyboard-navigation.js';

/** The content of one figure of the page. */
interface Plot {
  readonly data: AlignedData;
  readonly series: readonly Series[];
  readonly value: (value: number) => string;
  /** The text for one point. */
  readonly text: (index: number) => string;
}

/** Draws the plots of the page, and redraws them if its colours or its width change. */
export function drawPlots(timeline: Timeline): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-plot]')) {
    const make = plots[figure.dataset['plot'] ?? ''];
    const canvas = figure.querySelector<HTMLElement>('.canvas');
    const readout = figure.querySelector<HTMLElement>('.readout');
    if (make === undefined || canvas === null || readout === null) continue;
    figure.hidden = false;
    const title = figure.querySelector('h3')?.textContent ?? '';
    let drawn = draw(canvas, readout, title, make(timeline), timeline);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      drawn.destroy();
      drawn = draw(canvas, readout, title, make(timeline), timeline);
    });
    new ResizeObserver(() => {
      const { width } = sizeOf(canvas);
      if (width !== drawn.width) drawn.setSize(sizeOf(canvas));
    }).observe(canvas);
  }
}

const plots: Readonly<Record<string, (timeline: Timeline) => Plot>> = {
  requests: ({ at, requests, limit }) => ({
    data: [[...at], [...requests], [...limit]],
    series: [
      {
        stroke: colour('--created'),
        fill: colour('--created-soft'),
        width: 1.5,
        paths: stepped,
        points: { show: false },
      },
      { stroke: colour('--text'), width: 1, dash: [5, 4], paths: stepped, points: { show: false } },
    ],
    value: number,
    text: (index) => {
      const allowed = limit[index];
      const of = allowed === null || allowed === undefined ? '' : ` of ${number(allowed)}`;
      return `${clockTime(at[index])}: ${number(requests[index])}${of} requests`;
    },
  }),
  rows: ({ at, rowsPerSecond }) => ({
    data: [[...at], [...rowsPerSecond]],
    series: [
      {
        stroke: colour('--accent'),
        fill: colour('--accent-soft'),
        width: 1.5,
        paths: stepped,
        points: { show: false },
      },
    ],
    value: number,
    text: (index) => `${clockTime(at[index])}: ${number(rowsPerSecond[index])} rows per second`,
  }),
  batches: ({ batchAt, batchSeconds, batchRequests }) => {
    // The library needs sorted times, but batches are in the order of the ledger.
    const order = batchAt.map((_, index) => index).sort((a, b) => (batchAt[a] ?? 0) - (batchAt[b] ?? 0));
    const took = (several: boolean): (number | null)[] =>
      order.map((index) => ((batchRequests[index] ?? 1) > 1 === several ? (batchSeconds[index] ?? null) : null));
    return {
      data: [order.map((index) => batchAt[index] ?? 0), took(false), took(true)],
      series: [dots('--created'), dots('--failed')],
      value: takes,
      text: (place) => {
        const index = order[place] ?? 0;
        const requests = batchRequests[index] ?? 1;
        return `${clockTime(batchAt[index])}: ${takes(batchSeconds[index])}, ${number(requests)} ${requests === 1 ? 'request' : 'requests'}`;
      },
    };
  },
};

const stepped = uPlot.paths.stepped?.({ align: -1 }) ?? (() => null);

/** A series of points, drawn as squares: the library's circles take seconds for 50,000 points. */
function dots(name: string): Series {
  const fill = colour(name);
  return { stroke: fill, paths: (plot, series) => paintDots(plot, series, fill), points: { show: false } };
}

function paintDots(plot: uPlot, series: number, fill: string): null {
  const { ctx, data } = plot;
  const [times, values = []] = [data[0], data[series]];
  const { min = 0, max = Infinity } = plot.scales['x'] ?? {};
  const size = Math.round((times.length > 5_000 ? 2 : 4) * devicePixelRatio);
  ctx.save();
  ctx.fillStyle = fill;
  for (const [index, seconds] of times.entries()) {
    const value = values[index];
    if (value === null || value === undefined || seconds < min || seconds > max) continue;
    const [x, y] = [plot.valToPos(seconds, 'x', true), plot.valToPos(value, 'y', true)];
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
  }
  ctx.restore();
  return null;
}

function draw(canvas: HTMLElement, readout: HTMLElement, title: string, plot: Plot, timeline: Timeline): uPlot {
  const axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const drawn = new uPlot(
    {
      ...sizeOf(canvas),
      legend: { show: false },
      cursor: { sync: { key: 'time' }, y: false, points: { size: 7 }, drag: { x: true, y: false } },
      scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(most, 0.001) * 1.08] } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          incrs: [...clockSteps],
          values: (_, times) => times.map((seconds) => clockTime(seconds)),
        },
        { ...axis, size: 56, values: (_, values) => values.map((value) => plot.value(value)) },
      ],
      series: [{}, ...plot.series],
      hooks: {
        setCursor: [({ cursor }) => (readout.textContent = cursor.idx == null ? '' : plot.text(cursor.idx))],
        draw: [(self) => { markRuns(self, timeline.runsAt); }], // prettier-ignore
      },
    },
    plot.data,
    canvas,
  );
  // All plots have the same time axis.
  drawn.setScale('x', { min: 0, max: timeline.at.at(-1) ?? 1 });
  addKeyboardNavigation(canvas, drawn, title, plot.text);
  return drawn;
}

/** Draws a line where each resumed run begins. */
function markRuns(plot: uPlot, runsAt: readonly number[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour('--quiet');
  ctx.setLineDash([2, 4]);
  ctx.beginPath();
  for (const seconds of runsAt) {
    const x = Math.round(plot.valToPos(seconds, 'x', true));
    if (x <= bbox.left || x >= bbox.left + bbox.width) continue;
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.restore();
}

function sizeOf(canvas: HTMLElement): { width: number; height: number } {
  return { width: canvas.clientWidth, height: 220 };
}

/** A colour of the page, in a form that a canvas accepts. */
function colour(name: string): string {
  const sample = document.createElement('i');
  sample.style.color = `var(${name})`;
  document.body.append(sample);
  const { color } = getComputedStyle(sample);
  sample.remove();
  return color;
}
