import './language.js';
import type { Timeline } from '../../model.js';
import { drawPlots } from './draw-plots.js';

const timeline: unknown = JSON.parse(document.getElementById('timeline')?.textContent ?? 'null');
if (isTimeline(timeline)) drawPlots(timeline);

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    // A file has no clipboard in every browser; then its text can still be selected.
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

/** The page writes it itself. */
function isTimeline(value: unknown): value is Timeline {
  return typeof value === 'object' && value !== null && 'batchAt' in value;
}
