import type { PageItem } from '../page-item.js';
import { itemView } from './item-view.js';
import { element, find } from './element.js';

/** Opens the coverage item that the address names, and another whenever the address changes. */
export function startDialog(items: readonly PageItem[]): void {
  const dialog = find('dialog');
  const byAnchor = new Map(items.map((item) => [item.anchor, item]));

  const follow = (): void => {
    const item = byAnchor.get(decodeURIComponent(location.hash.slice(1)));
    if (item === undefined) {
      dialog.close();
      return;
    }
    const close = closeButton(dialog);
    dialog.replaceChildren(close, ...itemView(item));
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

/** Goes to the next coverage item that the filter shows, without filling the history with every one on the way. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a.cell:not([hidden])')];
  const current = links.findIndex(({ hash }) => hash === location.hash);
  const next = links[current + by];
  if (current >= 0 && next !== undefined) location.replace(next.hash);
}
