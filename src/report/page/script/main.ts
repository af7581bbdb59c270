import './language.js';
import type { Timeline } from '../../model.js';
import { drawPlots } from './draw-plots.js';

const timeline: unknown = JSON.parse(document.getElementById('timeline')?.textContent ?? 'null');
if (isTimeline(timeline)) drawPlots(timeline);

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    // Some browsers give a local file no access to the clipboard. Select the text instead.
    navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(
      () => {
        button.textContent = 'Copied';
      },
      () => {
        const code = button.parentElement?.querySelector('code');
        if (code) getSelection()?.selectAllChildren(code);
      },
    );
  });
}

/** The data is the page's own, so a superficial check is enough. */
function isTimeline(value: unknown): value is Timeline {
  return typeof value === 'object' && value !== null && 'batchAt' in value;
}
