// Small comforts of forms: one press is one send, text areas grow, quick choices submit themselves.
import { all, onLoad } from './dom.js';

document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post' || form.matches('[hx-post], [hx-put], [hx-patch], [hx-delete]')) return;
  if (form.dataset.sending !== undefined) { event.preventDefault(); return; }
  form.dataset.sending = '';
  // The button's own value must still be sent, so it is dimmed after the browser has read the form.
  setTimeout(() => event.submitter?.classList.add('btn-busy'));
});

// Coming back by the browser's history finds the form as it was left, not locked.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
  for (const button of document.querySelectorAll('.btn-busy')) button.classList.remove('btn-busy');
});

document.addEventListener('change', event => {
  if (event.target.matches('[data-submit-on-change]')) event.target.form?.requestSubmit();
});

document.addEventListener('invalid', event => event.target.classList.add('is-invalid'), true);
document.addEventListener('input', event => {
  if (event.target.matches('.is-invalid:not([aria-invalid=true])') && event.target.validity?.valid) event.target.classList.remove('is-invalid');
});

const grow = area => {
  if (CSS.supports('field-sizing', 'content')) return;
  const fit = () => { area.style.height = 'auto'; area.style.height = `${area.scrollHeight + 2}px`; };
  area.addEventListener('input', fit);
  fit();
};

onLoad(root => all(root, 'textarea[data-autosize]').forEach(grow));

// A button that writes into a field (data-fill="id", data-fill-value), and buttons of which one is on (data-choice).
document.addEventListener('click', event => {
  const fill = event.target.closest('[data-fill]');
  if (fill) {
    const field = document.getElementById(fill.dataset.fill);
    if (field) {
      field.value = fill.dataset.fillValue;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
  const choice = event.target.closest('[data-choice]');
  for (const other of choice?.parentElement.querySelectorAll('[data-choice]') ?? []) {
    other.classList.toggle('chip-on', other === choice);
    other.setAttribute('aria-pressed', String(other === choice));
  }
});

// Enter in a field of data-enter="id" presses that button, where the form's first one would mean something else.
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey || !event.target.matches?.('[data-enter] input')) return;
  event.preventDefault();
  document.getElementById(event.target.closest('[data-enter]').dataset.enter)?.click();
});
