// Search from anywhere: as one types, places of the menu and hits of the server; arrow keys and Enter.
import { kept, make } from './dom.js';

const dialog = document.getElementById('palette');
const recentKey = 'crm-recent-searches';

const recent = () => { try { return JSON.parse(kept.get(recentKey) ?? '[]').slice(0, 6); } catch { return []; } };
const noteSearch = words => kept.set(recentKey, JSON.stringify([words, ...recent().filter(w => w !== words)].slice(0, 6)));

const start = () => {
  const form = dialog.querySelector('form');
  const input = form.querySelector('input');
  const list = dialog.querySelector('[role=listbox]');
  const every = dialog.querySelector('[data-all-results]');
  let asked = 0;
  let timer;
  let current;
  // What stands in the list belongs to other words than those typed: Enter waits for the answer.
  let stale = false;
  let entered = false;

  const options = () => [...list.querySelectorAll('[role=option]')];

  const choose = option => {
    for (const other of options()) other.setAttribute('aria-selected', String(other === option));
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };

  const heading = text => make('div', 'palette-group', text);

  const entry = (text, icon, href) => {
    const link = make('a', 'palette-hit');
    link.setAttribute('role', 'option');
    const sign = make('i', `ti ti-${icon}`);
    sign.setAttribute('aria-hidden', 'true');
    link.append(sign, make('span', '', text));
    if (href) link.href = href;
    return link;
  };

  const places = words => {
    const found = [...document.querySelectorAll('#sidebar a.sidebar-link')]
      .map(link => ({ text: link.textContent.trim(), href: link.href, icon: [...link.querySelector('i').classList].find(c => c.startsWith('ti-')).slice(3) }))
      .filter(place => place.text.toLowerCase().includes(words.toLowerCase())).slice(0, 4);
    return found.length === 0 ? [] : [heading(dialog.dataset.goto), ...found.map(p => entry(p.text, p.icon, p.href))];
  };

  const show = (...nodes) => {
    list.replaceChildren(...nodes);
    options().forEach((option, i) => { option.id = `palette-option-${i}`; option.tabIndex = -1; });
    choose(options()[0] ?? null);
  };

  const idle = () => {
    const searches = recent().map(words => {
      const again = entry(words, 'history');
      again.href = `${form.action}?q=${encodeURIComponent(words)}`;
      again.addEventListener('click', event => { event.preventDefault(); input.value = words; input.focus(); changed(); });
      return again;
    });
    show(...(searches.length ? [heading(dialog.dataset.recent), ...searches] : []), ...places(''));
  };

  const ask = async words => {
    asked += 1;
    const mine = asked;
    current?.abort();
    current = new AbortController();
    try {
      const answer = await fetch(`${dialog.dataset.suggest}?q=${encodeURIComponent(words)}`, { headers: { 'HX-Request': 'true' }, signal: current.signal });
      if (mine !== asked) return;
      if (answer.status === 401 || answer.redirected) { location.reload(); return; }
      const hits = document.createRange().createContextualFragment(answer.ok ? await answer.text() : '');
      for (const link of hits.querySelectorAll('a[role=option]')) link.classList.add('palette-hit');
      const nodes = [...hits.childNodes, ...places(words)];
      show(...nodes);
      if (options().length === 0) list.append(make('p', 'palette-none', dialog.dataset.none));
      stale = false;
      if (entered) enter();
    } catch (error) {
      if (error.name === 'AbortError') return;
      stale = false;
      if (entered) enter();
      throw error;
    }
  };

  const changed = () => {
    const words = input.value.trim();
    every.href = words ? `${form.action}?q=${encodeURIComponent(words)}` : form.action;
    clearTimeout(timer);
    entered = false;
    stale = words.length > 0;
    if (words) timer = setTimeout(() => ask(words), 120);
    else { asked += 1; idle(); }
  };

  const chosen = option => option.getAttribute('aria-selected') === 'true';

  const enter = () => {
    entered = false;
    (options().find(chosen) ?? every).click();
  };

  const move = by => {
    const found = options();
    if (found.length === 0) return;
    const at = found.findIndex(chosen);
    choose(found[(at + by + found.length) % found.length]);
  };

  input.addEventListener('input', changed);
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(event.key === 'ArrowDown' ? 1 : -1); }
    if (event.key === 'Escape') { event.preventDefault(); dialog.close(); }
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    const words = input.value.trim();
    if (words) noteSearch(words);
    entered = stale;
    if (words && !stale) enter();
    else if (!words) options().find(chosen)?.click();
  });
  list.addEventListener('click', () => { const words = input.value.trim(); if (words) noteSearch(words); });
  every.addEventListener('click', () => { const words = input.value.trim(); if (words) noteSearch(words); });

  return () => { if (!dialog.open) dialog.showModal(); input.select(); changed(); };
};

/** Opens the search. */
export const openPalette = dialog ? start() : () => {};

document.addEventListener('click', event => { if (event.target.closest('[data-open-palette]')) openPalette(); });
