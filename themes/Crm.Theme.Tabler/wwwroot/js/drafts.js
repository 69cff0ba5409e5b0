// data-draft="key" on a form keeps what is typed in this browser until it is saved, whatever happens to the tab.
import { all, kept, onLoad } from './dom.js';

const month = 30 * 24 * 3600 * 1000;
const sent = 'crm-draft-sent';
const name = form => `crm-draft:${form.dataset.draft}`;

const skip = field => !field.name || field.name.startsWith('__') || field.disabled || field.matches('[type=password], [type=file], [type=hidden], [data-no-draft]');
const read = form => [...form.elements].filter(f => !skip(f)).map(f => [f.name,
  f.matches('[type=checkbox], [type=radio]') ? `${f.value}:${f.checked}` : f.multiple ? [...f.selectedOptions].map(o => o.value) : f.value]);

const fill = (form, values) => {
  const fields = [...form.elements].filter(f => !skip(f));
  values.forEach(([key, value], i) => {
    const field = fields[i]?.name === key ? fields[i] : null;
    if (!field) return;
    if (field.matches('[type=checkbox], [type=radio]')) field.checked = value === `${field.value}:true`;
    else if (field.matches('select') && !Array.isArray(value) && ![...field.options].some(o => o.value === value)) return;
    else if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  });
  form.dispatchEvent(new CustomEvent('draft:restored', { bubbles: true }));
};

const attach = form => {
  if (form.dataset.draftOn !== undefined) return;
  form.dataset.draftOn = '';
  const fresh = JSON.stringify(read(form));
  let draft = null;
  try { draft = JSON.parse(kept.get(name(form)) ?? 'null'); } catch { /* unreadable: begin anew */ }
  // After a refused save the server gives back what was typed, and that is the newer.
  if (draft && JSON.stringify(draft.values) !== fresh && !form.querySelector('[aria-invalid=true]')) {
    fill(form, draft.values);
    const note = form.querySelector('[data-draft-note]');
    if (note) note.hidden = false;
  }

  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => kept.set(name(form), JSON.stringify({ at: Date.now(), values: read(form) })), 300);
  });
  form.addEventListener('change', () => form.dispatchEvent(new Event('input')));
  form.querySelector('[data-draft-discard]')?.addEventListener('click', () => { clearTimeout(timer); kept.drop(name(form)); location.reload(); });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    // Whether it was saved shows on the next page: if the same form is not there again with errors, it was.
    if (!form.matches('[hx-post], [hx-put], [hx-patch]')) try { sessionStorage.setItem(sent, name(form)); } catch { /* the draft stays a month */ }
  });
  form.addEventListener('htmx:afterRequest', event => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    clearTimeout(timer);
    kept.drop(name(form));
    if (form.isConnected && form.hasAttribute('data-reset')) form.reset();
  });
};

// A form that was sent by a full page load and has not come back with errors is saved: its draft goes.
try {
  const key = sessionStorage.getItem(sent);
  sessionStorage.removeItem(sent);
  const again = key && [...document.querySelectorAll('form[data-draft]')].some(f => name(f) === key && f.querySelector('[aria-invalid=true], [data-error-summary]'));
  const failed = document.querySelector('.error-page, form[action$="/login"]') || performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
  if (key && !again && !failed && !document.querySelector('[data-error-summary]')) kept.drop(key);
} catch { /* without session storage drafts stay until they are old */ }

for (const key of kept.keys().filter(k => k.startsWith('crm-draft:'))) {
  try { if (Date.now() - JSON.parse(kept.get(key)).at > month) kept.drop(key); } catch { kept.drop(key); }
}

onLoad(root => all(root, 'form[data-draft]').forEach(attach));

// Who signs out of a shared computer leaves nothing behind.
document.addEventListener('submit', event => {
  if (!event.target.matches('form[action$="/logout"]')) return;
  for (const key of kept.keys().filter(k => k.startsWith('crm-'))) kept.drop(key);
});
