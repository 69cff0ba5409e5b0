// textarea[data-mentions]: after an @ colleagues are offered; arrows choose, Enter or Tab takes, Esc leaves.
import { all, make, onLoad } from './dom.js';

const asked = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u;
let list = null;
let of = null;
let timer = 0;

const close = () => {
  clearTimeout(timer);
  list?.remove();
  of?.removeAttribute('aria-controls');
  of?.removeAttribute('aria-activedescendant');
  list = null;
  of = null;
};

const words = area => asked.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null;

const take = (area, name) => {
  const typed = words(area);
  if (typed === null) return close();
  const at = area.selectionStart - typed.length;
  area.setRangeText(`${name} `, at, area.selectionStart, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  close();
  area.focus();
};

const mark = option => {
  for (const other of list.children) other.setAttribute('aria-selected', String(other === option));
  of.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
};

const show = (area, people) => {
  close();
  if (people.length === 0) return;
  of = area;
  list = make('ul', 'mentions');
  list.id = 'mentions';
  list.setAttribute('role', 'listbox');
  people.slice(0, 6).forEach((person, index) => {
    const option = make('li', '', person.text);
    option.id = `mention-${index}`;
    option.setAttribute('role', 'option');
    if (person.hint) option.append(make('small', 'muted', person.hint));
    option.addEventListener('mousedown', event => { event.preventDefault(); take(area, person.text); });
    option.dataset.name = person.text;
    list.append(option);
  });
  area.after(list);
  area.setAttribute('aria-controls', 'mentions');
  mark(list.firstElementChild);
};

const ask = area => {
  const typed = words(area);
  if (typed === null) return close();
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const answer = await fetch(`/users/pick?q=${encodeURIComponent(typed)}`, { headers: { Accept: 'application/json' } });
    if (answer.ok && words(area) === typed) show(area, await answer.json());
  }, 120);
};

const press = event => {
  if (!list || of !== event.target) return;
  const now = list.querySelector('[aria-selected="true"]');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    mark((event.key === 'ArrowDown' ? now.nextElementSibling ?? list.firstElementChild : now.previousElementSibling ?? list.lastElementChild));
  } else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab') {
    event.preventDefault();
    take(event.target, now.dataset.name);
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  }
};

onLoad(root => all(root, 'textarea[data-mentions]').forEach(area => {
  area.addEventListener('input', () => ask(area));
  area.addEventListener('keydown', press);
  area.addEventListener('blur', () => setTimeout(close, 150));
}));
