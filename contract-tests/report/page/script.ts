// Opens the details of what the address names, filters the squares, and copies requests.

function find<Name extends keyof HTMLElementTagNameMap>(name: Name, selector = ''): HTMLElementTagNameMap[Name] {
  const found = document.querySelector<HTMLElementTagNameMap[Name]>(`${name}${selector}`);
  if (found === null) throw new Error(`The page has no ${name}${selector}.`);
  return found;
}

const dialog = find('dialog');
const form = find('form');
const links = [...document.querySelectorAll<HTMLAnchorElement>('a.item')];

function openNamed(): void {
  const template = document.getElementById(`details-${decodeURIComponent(location.hash.slice(1))}`);
  if (!(template instanceof HTMLTemplateElement)) {
    dialog.close();
    return;
  }
  const close = document.createElement('button');
  close.className = 'close';
  close.ariaLabel = 'Close';
  close.textContent = '✕';
  dialog.replaceChildren(close, template.content.cloneNode(true));
  if (!dialog.open) dialog.showModal();
  // The element that had the focus has just been replaced.
  close.focus();
  dialog.scrollTop = 0;
}

function copy(button: HTMLButtonElement): void {
  navigator.clipboard.writeText(button.value).then(
    () => {
      button.textContent = 'Copied';
    },
    // Without the permission to copy, the command is there to be marked.
    () => {
      button.replaceWith(Object.assign(document.createElement('pre'), { textContent: button.value }));
    },
  );
}

/** Goes to the next item that the filter shows, without filling the history with every one on the way. */
function step(by: 1 | -1): void {
  const shown = links.filter(({ hidden }) => !hidden);
  const next = shown[shown.findIndex(({ hash }) => hash === location.hash) + by];
  if (next !== undefined) location.replace(next.hash);
}

function filter(): void {
  const state = new FormData(form).get('state');
  const words = find('input', '[type=search]').value.toLowerCase().split(/\s+/);
  for (const link of links) {
    const { state: own, text = '' } = link.dataset;
    link.hidden = (state !== 'all' && state !== own) || !words.every((word) => text.includes(word));
  }
  for (const part of document.querySelectorAll<HTMLElement>('tbody tr, .matrix, .operation'))
    part.hidden = part.querySelector('a.item:not([hidden])') === null;
  const shown = links.filter(({ hidden }) => !hidden).length;
  const some = shown === links.length ? '' : `${String(shown)} of ${String(links.length)} shown`;
  find('output').textContent = shown === 0 ? 'Nothing matches: no square has this state and all these words.' : some;
}

dialog.addEventListener('close', () => {
  history.replaceState(null, '', location.pathname + location.search);
});
dialog.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  if (target === dialog || target.className === 'close') dialog.close();
  if (target instanceof HTMLButtonElement && target.className === 'copy') copy(target);
});
dialog.addEventListener('keydown', ({ key, target }) => {
  // In a block that scrolls sideways the arrow keys are for that.
  if (target instanceof HTMLPreElement) return;
  if (key === 'ArrowRight') step(1);
  if (key === 'ArrowLeft') step(-1);
});
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => {
  event.preventDefault();
});
addEventListener('hashchange', openNamed);
// A browser that comes back to the page keeps what was chosen.
filter();
openNamed();
