// Ticking rows of a list shows the bar with the bulk acts: [data-selection="form-id"], [data-selected-count], [data-select-all].
import { onLoad, all } from './dom.js';

const boxes = list => [...list.querySelectorAll('input[type=checkbox][data-select]')];

const refresh = list => {
  const found = boxes(list);
  const ticked = found.filter(b => b.checked).length;
  for (const box of found) box.closest('[data-row], tr')?.classList.toggle('row-ticked', box.checked);
  for (const whole of list.querySelectorAll('[data-select-all]')) {
    whole.checked = ticked > 0 && ticked === found.length;
    whole.indeterminate = ticked > 0 && ticked < found.length;
  }
  const bar = document.getElementById(list.dataset.selectionBar);
  if (!bar) return;
  bar.hidden = ticked === 0;
  for (const count of bar.querySelectorAll('[data-selected-count]')) count.textContent = String(ticked);
};

onLoad(root => all(root, '[data-selection-bar]').forEach(refresh));

document.addEventListener('change', event => {
  const list = event.target.closest('[data-selection-bar]');
  if (!list) return;
  if (event.target.matches('[data-select-all]')) for (const box of boxes(list)) box.checked = event.target.checked;
  refresh(list);
});

document.addEventListener('click', event => {
  const clear = event.target.closest('[data-select-none]');
  if (!clear) return;
  for (const list of document.querySelectorAll('[data-selection-bar]')) {
    for (const box of boxes(list)) box.checked = false;
    refresh(list);
  }
});
