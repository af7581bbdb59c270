import type { PageCell } from '../page-cell.js';
import { startDialog } from './dialog.js';
import { find } from './element.js';
import { startFilter } from './filter.js';

/** What the page was written with. */
function isCells(value: unknown): value is PageCell[] {
  return Array.isArray(value);
}

const cells: unknown = JSON.parse(find('script', '#cells').text);
if (isCells(cells)) {
  startFilter();
  startDialog(cells);
}

// On paper there is nothing to open.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
