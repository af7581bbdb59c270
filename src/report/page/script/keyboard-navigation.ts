import type uPlot from 'uplot';

/** Makes a plot explorable with the arrow keys, and tells screen readers the value at each point. */
export function addKeyboardNavigation(
  canvas: HTMLElement,
  plot: uPlot,
  title: string,
  text: (index: number) => string,
): void {
  const [times = []] = plot.data;
  const last = times.length - 1;
  let place = last;
  const show = (): void => {
    canvas.setAttribute('aria-valuenow', String(place));
    canvas.setAttribute('aria-valuetext', text(place));
  };
  const moves: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => place - 1,
    ArrowDown: () => place - 1,
    ArrowRight: () => place + 1,
    ArrowUp: () => place + 1,
    PageDown: () => place - Math.ceil(last / 10),
    PageUp: () => place + Math.ceil(last / 10),
    Home: () => 0,
    End: () => last,
  };
  canvas.tabIndex = 0;
  canvas.role = 'slider';
  canvas.ariaLabel = `${title}, over time`;
  canvas.ariaValueMin = '0';
  canvas.ariaValueMax = String(last);
  show();
  canvas.onkeydown = (event) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    place = Math.min(last, Math.max(0, move()));
    show();
    plot.setCursor({ left: plot.valToPos(times[place] ?? 0, 'x'), top: plot.over.clientHeight / 2 });
  };
}
