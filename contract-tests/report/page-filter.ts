// Hides the coverage items with another state, or without all of the words.

const form = document.querySelector('form');
const choice = document.querySelector('select');
const search = document.querySelector('input');
const output = document.querySelector('output');
const items = [...document.querySelectorAll<HTMLDetailsElement>('.item')];
const parts = [...document.querySelectorAll<HTMLDetailsElement>('.part')];

function filter(): void {
  if (choice === null || search === null || output === null) return;
  const state = choice.value;
  const words = search.value.toLowerCase().split(/\s+/);
  for (const item of items) {
    const text = `${item.children[0]?.textContent ?? ''} ${item.children[1]?.textContent ?? ''}`.toLowerCase();
    item.hidden = (state !== '' && state !== item.dataset['state']) || !words.every((word) => text.includes(word));
  }
  const shown = items.filter(({ hidden }) => !hidden).length;
  const isFiltered = state !== '' || words.some((word) => word !== '');
  for (const part of parts) {
    part.hidden = part.querySelector('.item:not([hidden])') === null;
    if (isFiltered) part.open = true;
  }
  output.textContent = isFiltered ? `${String(shown)} of ${String(items.length)} shown` : '';
}

form?.addEventListener('input', filter);
form?.addEventListener('submit', (event) => {
  event.preventDefault();
});
// A browser restores the chosen values when it returns to the page.
filter();
