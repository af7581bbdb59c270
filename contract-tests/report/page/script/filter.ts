import { find } from './element.js';

/** Shows the coverage items of the chosen state whose text holds what is looked for, and hides what is empty then. */
export function startFilter(): void {
  const form = find('form', '.filter');
  const output = find('output');
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a.cell')];

  const apply = (): void => {
    const chosen = new FormData(form);
    const state = textOf(chosen.get('state'));
    const words = textOf(chosen.get('text')).toLowerCase().split(/\s+/);
    for (const link of links) {
      const { state: own, text = '' } = link.dataset;
      link.hidden = (state !== 'all' && state !== own) || !words.every((word) => text.includes(word));
    }
    hideEmpty('tbody tr');
    hideEmpty('.matrix');
    const shown = links.filter(({ hidden }) => !hidden).length;
    output.textContent = shown === links.length ? '' : `${String(shown)} of ${String(links.length)} shown`;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  // A browser that comes back to the page keeps what was chosen.
  apply();
}

function hideEmpty(selector: string): void {
  for (const part of document.querySelectorAll<HTMLElement>(selector)) {
    part.hidden = part.querySelector('a.cell:not([hidden])') === null;
  }
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
