// j and k through a list marked data-list, Enter opens; a click anywhere on a row with data-href opens it too.
import { busy, typing } from './dom.js';

const rowsOf = list => [...list.querySelectorAll('[data-row], tbody > tr:not(.pager-more)')];

const mark = (list, row) => {
  for (const other of list.querySelectorAll('[data-list-current]')) other.removeAttribute('data-list-current');
  row.setAttribute('data-list-current', '');
  (row.querySelector('a[href]') ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
};

const step = by => {
  const list = document.activeElement?.closest?.('[data-list]') ?? document.querySelector('[data-list]');
  if (!list) return false;
  const rows = rowsOf(list);
  if (rows.length === 0) return false;
  const at = rows.findIndex(r => r.hasAttribute('data-list-current'));
  mark(list, rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  return true;
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || busy()) return;
  if ((event.key === 'j' || event.key === 'k') && step(event.key === 'j' ? 1 : -1)) event.preventDefault();
  if (event.key === 'x') document.querySelector('[data-list] [data-list-current] input[type=checkbox]')?.click();
  if (event.key === 'Enter' && event.target === document.body) document.querySelector('[data-list] [data-list-current] a[href]')?.click();
});

document.addEventListener('click', event => {
  const row = event.target.closest('[data-list] [data-href]');
  if (!row || event.defaultPrevented || event.target.closest('a, button, input, label, select, textarea, .dropdown-menu')) return;
  // Marking text to copy it is not opening.
  if (getSelection()?.toString()) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, '_blank', 'noopener');
  else location.href = row.dataset.href;
});
