import type { PageItem } from '../page-item.js';
import { startDialog } from './dialog.js';
import { find } from './element.js';
import { startFilter } from './filter.js';

/** What the page was written with. */
function arePageItems(value: unknown): value is PageItem[] {
  return Array.isArray(value);
}

const items: unknown = JSON.parse(find('script', '#cells').text);
if (arePageItems(items)) {
  startFilter();
  startDialog(items);
}

// On paper there is nothing to open.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
