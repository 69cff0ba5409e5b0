// What htmx replaces under the focus leaves the focus where it was: on the same thing, or on what has come to its place.
const reachable = 'a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';

const list = () => [...document.querySelectorAll(reachable)].filter(e => e.tabIndex >= 0 && (e.checkVisibility?.() ?? true));
const sign = e => `${e.tagName}|${e.name ?? ''}|${e.getAttribute('href') ?? ''}|${e.getAttribute('aria-label') ?? e.textContent.trim()}`;

let last = null;
let lost = null;

document.addEventListener('focusin', event => { last = event.target; });

// A choice in a menu hides itself when it is made: then its button counts.
const held = () => {
  if (document.activeElement !== document.body) return document.activeElement;
  return last?.isConnected && !(last.checkVisibility?.() ?? true) ? last.closest('.dropdown')?.querySelector('[data-bs-toggle]') ?? null : null;
};

document.body.addEventListener('htmx:beforeSwap', event => {
  const { target, shouldSwap } = event.detail;
  const focused = held();
  if (!shouldSwap || !focused || !target.contains(focused) || target === document.body) return;
  const all = list();
  const inside = all.filter(e => target.contains(e));
  const before = inside.length === 0 ? 0 : all.indexOf(inside[0]);
  lost = { before, after: all.length - before - inside.length, place: inside.indexOf(focused), sign: sign(focused) };
});

// Who chose what to write goes on writing: in the first field that is still empty.
const begin = target => {
  const fields = [...target.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio]), textarea')].filter(f => f.checkVisibility?.() ?? true);
  (fields.find(f => f.value === '') ?? fields[0])?.focus({ preventScroll: true });
};

document.body.addEventListener('htmx:afterSettle', event => {
  if (event.detail.requestConfig?.elt.matches('[data-choice]')) { begin(event.detail.target); return; }
  if (!lost) return;
  const { before, after, place, sign: was } = lost;
  lost = null;
  if (document.activeElement !== document.body) return;
  const all = list();
  const inside = all.slice(before, all.length - after);
  const next = inside.find(e => sign(e) === was) ?? inside[Math.min(Math.max(place, 0), inside.length - 1)] ?? all[Math.min(before, all.length - 1)];
  next?.focus({ preventScroll: true });
});

// A form for something new is there to be filled in.
const fresh = document.querySelector('form[data-draft$="-new"]:not(:has([autofocus], [data-error-summary]))');
if (fresh && document.activeElement === document.body) begin(fresh);
