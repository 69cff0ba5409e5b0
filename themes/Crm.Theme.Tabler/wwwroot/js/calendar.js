// The calendar by hand: what .cal-moves is dragged to another time or day, its [data-grip] makes it longer. The server is told, and may refuse: then it goes back.
import { csrf, onLoad } from './dom.js';
import { show } from './toast.js';

const quarter = 15;
const slotMinutes = 30;
let drag = null;

const refresh = () => htmx.ajax('GET', location.href, { target: '#calendar', select: '#calendar', swap: 'outerHTML' });

const reach = () => new Promise(done => {
  const dialog = document.getElementById('cal-reach');
  let answer = null;
  const choose = event => {
    const button = event.target.closest('button[value]');
    if (button) { answer = button.value; dialog.close(); }
  };
  dialog.addEventListener('click', choose);
  dialog.addEventListener('close', () => { dialog.removeEventListener('click', choose); done(answer); }, { once: true });
  dialog.showModal();
});

const tell = async (entry, values) => {
  if (entry.classList.contains('cal-series')) {
    const chosen = await reach();
    if (!chosen) return false;
    values['Input.Reach'] = chosen;
  }
  try {
    const answer = await fetch(entry.dataset.move, { method: 'POST', headers: { RequestVerificationToken: csrf(), 'HX-Request': 'true' }, body: new URLSearchParams({ At: entry.dataset.at, ...values }) });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => null);
      show(problem?.detail ?? document.getElementById('toasts')?.dataset.failed, null, true);
      return false;
    }
    const { toast } = JSON.parse(answer.headers.get('HX-Trigger') ?? '{}');
    show(toast?.text, toast?.undoUrl);
    await refresh();
    return true;
  } catch {
    show(document.getElementById('toasts')?.dataset.offline, null, true);
    return false;
  }
};

const under = (event, selector) => document.elementsFromPoint(event.clientX, event.clientY).find(e => e.matches(selector));

// Which quarter of an hour a point of a day is, from the top; a place where the clocks skip is none.
const quarterAt = (body, y) => {
  const slots = [...body.querySelectorAll('.cal-slot')];
  const height = slots[0].getBoundingClientRect().height;
  const place = Math.max(0, Math.min(slots.length * 2 - 1, Math.floor((y - slots[0].getBoundingClientRect().top) / (height / 2))));
  const slot = slots[Math.floor(place / 2)];
  return slot.dataset.at ? { place, at: new Date(Date.parse(slot.dataset.at) + (place % 2) * quarter * 60000) } : null;
};

const iso = date => `${date.toISOString().slice(0, 19)}Z`;
const span = minutes => Math.max(1, Math.ceil(minutes / quarter));

const begin = event => {
  const grip = event.target.closest('[data-grip]');
  const entry = grip ? grip.parentElement.querySelector('.cal-moves') : event.target.closest('.cal-moves');
  // A finger scrolls; it moves things by the form.
  if (!entry || event.button !== 0 || (event.pointerType === 'touch' && !grip)) return;
  const block = entry.closest('.cal-block');
  const body = block?.closest('.cal-body');
  const first = block ? Math.round((block.getBoundingClientRect().top - body.getBoundingClientRect().top) / (body.querySelector('.cal-slot').getBoundingClientRect().height / 2)) : 0;
  const grabbed = block ? quarterAt(body, event.clientY)?.place ?? first : 0;
  drag = { entry, block, body, home: block?.parentElement ?? entry.parentElement.parentElement, next: (block ?? entry.parentElement).nextElementSibling, grip: !!grip, first, offset: grabbed - first, x: event.clientX, y: event.clientY, minutes: Number(entry.dataset.minutes), on: false, over: null, to: null };
  if (grip) event.preventDefault();
};

const start = () => {
  drag.on = true;
  document.documentElement.classList.add('cal-dragging');
  (drag.block ?? drag.entry).classList.add('cal-dragged');
};

const toTime = event => {
  const body = drag.grip ? drag.body : under(event, '.cal-body') ?? drag.body;
  const found = quarterAt(body, event.clientY);
  if (!found) return;
  if (drag.grip) {
    const rows = Math.max(1, found.place - drag.first + 1);
    drag.block.style.gridRow = `${drag.first + 1} / span ${rows}`;
    const from = quarterTime(body, drag.first);
    drag.to = from && { 'Input.Start': iso(from), 'Input.Minutes': String(Math.round((found.at - from) / 60000) + quarter) };
    return;
  }
  const row = Math.max(0, found.place - drag.offset);
  const at = quarterTime(body, row);
  if (!at) return;
  if (drag.block.parentElement.parentElement !== body) body.querySelector('.cal-blocks').append(drag.block);
  drag.block.style.gridRow = `${row + 1} / span ${span(drag.minutes)}`;
  drag.to = { 'Input.Start': iso(at), 'Input.Minutes': String(drag.minutes) };
};

const quarterTime = (body, row) => {
  const slot = body.querySelectorAll('.cal-slot')[Math.floor(row / 2)];
  return slot?.dataset.at ? new Date(Date.parse(slot.dataset.at) + (row % 2) * (slotMinutes / 2) * 60000) : null;
};

const toDay = event => {
  const cell = under(event, '.cal-cell, .cal-top[data-day]');
  drag.over?.classList.remove('cal-over');
  drag.over = cell ?? null;
  cell?.classList.add('cal-over');
  drag.to = cell ? { 'Input.Day': cell.dataset.day } : null;
};

const moved = event => {
  if (!drag) return;
  if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4) return;
  if (!drag.on) start();
  event.preventDefault();
  if (drag.block) toTime(event);
  else toDay(event);
};

const end = async keep => {
  if (!drag) return;
  const done = drag;
  drag = null;
  if (!done.on) return;
  document.documentElement.classList.remove('cal-dragging');
  (done.block ?? done.entry).classList.remove('cal-dragged');
  done.over?.classList.remove('cal-over');
  // The click that follows the drop opens nothing.
  const still = event => { event.preventDefault(); event.stopPropagation(); };
  document.addEventListener('click', still, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', still, { capture: true }), 50);
  if (keep && done.to && await tell(done.entry, done.to)) return;
  if (done.block) {
    done.block.style.gridRow = '';
    done.home.insertBefore(done.block, done.next);
  }
};

document.addEventListener('pointerdown', begin);
document.addEventListener('pointermove', moved);
document.addEventListener('pointerup', () => end(true));
// The browser's own dragging of links would end ours.
document.addEventListener('dragstart', event => { if (drag || event.target.closest?.('.cal, .cal-month')) event.preventDefault(); });
document.addEventListener('pointercancel', () => end(false));
document.addEventListener('keydown', event => { if (event.key === 'Escape' && drag?.on) end(false); });

// Undo of a move says what it did; what is shown follows.
document.body.addEventListener('htmx:afterRequest', event => {
  if (event.detail.successful && document.getElementById('calendar') && event.detail.pathInfo?.requestPath?.startsWith('/activities/calendar/entry/')) refresh();
});

onLoad(root => {
  const grid = root.querySelector?.('.cal[data-first-row]') ?? (root.matches?.('.cal[data-first-row]') ? root : null);
  const row = grid?.querySelectorAll('.cal-label')[Math.floor(Number(grid.dataset.firstRow) / 2)];
  if (row && grid.scrollTop === 0) grid.scrollTop = row.offsetTop - grid.querySelector('.cal-label').offsetTop;
  // Where not all days fit beside each other, one begins with today.
  const today = grid?.querySelector('.cal-today');
  if (today && grid.scrollLeft === 0) grid.scrollLeft = today.offsetLeft - grid.querySelector('.cal-hours').offsetWidth;
});
