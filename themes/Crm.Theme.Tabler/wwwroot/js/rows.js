// Rows of kind and value ([data-value-rows]): one empty row to write into, and a button for more.
import { all, onLoad } from './dom.js';

const valueOf = row => row.querySelector('input:last-of-type');

const attach = rows => {
  const add = rows.parentElement.querySelector('[data-value-add]');
  if (!add || rows.dataset.rowsOn !== undefined) return;
  rows.dataset.rowsOn = '';
  const list = () => [...rows.querySelectorAll('[data-value-row]')];
  const fold = () => {
    // What was typed or drafted stays; beside it at most one empty row.
    let free = 0;
    for (const row of list()) {
      const empty = valueOf(row).value === '';
      row.hidden = empty && free > 0;
      if (empty) free += 1;
    }
  };
  fold();
  rows.closest('form')?.addEventListener('draft:restored', fold);
  add.hidden = false;
  add.addEventListener('click', () => {
    let row = list().find(r => r.hidden);
    if (!row) {
      row = list().at(-1).cloneNode(true);
      valueOf(row).value = '';
      rows.append(row);
    }
    row.hidden = false;
    valueOf(row).focus();
  });
};

onLoad(root => all(root, '[data-value-rows]').forEach(attach));
