import type { PageCell } from '../page-cell.js';
import { cellView } from './cell-view.js';
import { element, find } from './element.js';

/** Opens the cell that the address names, and another whenever the address changes. */
export function startDialog(cells: readonly PageCell[]): void {
  const dialog = find('dialog');
  const byAnchor = new Map(cells.map((cell) => [cell.anchor, cell]));

  const follow = (): void => {
    const cell = byAnchor.get(decodeURIComponent(location.hash.slice(1)));
    if (cell === undefined) {
      dialog.close();
      return;
    }
    const close = closeButton(dialog);
    dialog.replaceChildren(close, ...cellView(cell));
    if (!dialog.open) dialog.showModal();
    // The element that had the focus has just been replaced.
    close.focus();
    dialog.scrollTop = 0;
  };
  dialog.addEventListener('close', () => {
    history.replaceState(null, '', location.pathname + location.search);
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener('keydown', ({ key, target }) => {
    // In a block that scrolls sideways the arrow keys are for that.
    if (target instanceof HTMLPreElement) return;
    if (key === 'ArrowRight') step(1);
    if (key === 'ArrowLeft') step(-1);
  });
  addEventListener('hashchange', follow);
  follow();
}

function closeButton(dialog: HTMLDialogElement): HTMLElement {
  const button = element('button', { class: 'close', type: 'button', 'aria-label': 'Close' }, '✕');
  button.addEventListener('click', () => {
    dialog.close();
  });
  return button;
}

/** Goes to the next cell that the filter shows, without filling the history with every one on the way. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a.cell:not([hidden])')];
  const current = links.findIndex(({ hash }) => hash === location.hash);
  const next = links[current + by];
  if (current >= 0 && next !== undefined) location.replace(next.hash);
}
