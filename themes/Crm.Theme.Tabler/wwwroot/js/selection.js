// Ticking rows of a list shows the bar with the bulk acts: [data-selection="form-id"], [data-selected-count], [data-select-all].
// [data-select-match] chooses also what is on no page yet: it fills the form's [data-selected-match], until a row is ticked again.
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
  for (const match of bar.querySelectorAll('[data-selected-match]')) match.value = '';
  for (const all of bar.querySelectorAll('[data-select-match]')) all.hidden = ticked < found.length;
};

onLoad(root => all(root, '[data-selection-bar]').forEach(refresh));

document.addEventListener('change', event => {
  const list = event.target.closest('[data-selection-bar]');
  if (!list) return;
  if (event.target.matches('[data-select-all]')) for (const box of boxes(list)) box.checked = event.target.checked;
  refresh(list);
});

document.addEventListener('click', event => {
  const match = event.target.closest('[data-select-match]');
  if (!match) return;
  const bar = match.closest('.selection-bar');
  for (const chosen of bar.querySelectorAll('[data-selected-match]')) chosen.value = 'on';
  for (const count of bar.querySelectorAll('[data-selected-count]')) count.textContent = match.dataset.selectMatch;
  match.hidden = true;
});

document.addEventListener('click', event => {
  const clear = event.target.closest('[data-select-none]');
  if (!clear) return;
  for (const list of document.querySelectorAll('[data-selection-bar]')) {
    for (const box of boxes(list)) box.checked = false;
    refresh(list);
  }
});
