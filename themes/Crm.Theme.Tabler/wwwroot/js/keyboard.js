// Single letters are commands outside fields; Ctrl+K and Ctrl+Enter work inside them too.
import { busy, typing } from './dom.js';
import { openPalette } from './palette.js';

let going = 0;

const press = selector => {
  const found = [...document.querySelectorAll(selector)].find(e => e.checkVisibility?.() ?? true);
  if (!found) return false;
  found.focus();
  found.click();
  return true;
};

const goto = key => {
  const link = document.querySelector(`[data-goto="${CSS.escape(key)}"]`);
  if (link) location.href = link.href;
};

const newMenu = () => {
  const button = document.getElementById('new-menu');
  if (!button) return;
  button.focus();
  window.tabler?.Dropdown?.getOrCreateInstance(button).show();
  button.parentElement.querySelector('.dropdown-item')?.focus();
};

const command = key => {
  if (key === '?') { document.getElementById('keys')?.showModal(); return true; }
  if (key === '/') { openPalette(); return true; }
  if (key === 'n') { newMenu(); return true; }
  if (key === 'u') return press('#toasts .toast-line:last-child .toast-undo');
  if (key === 'e') return press('[data-list] [data-list-current] [data-key-edit]') || press('[data-key-edit]');
  if (key === 'g') { going = performance.now(); return true; }
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!link) return false;
  link.click();
  return true;
};

document.addEventListener('keydown', event => {
  if (event.isComposing || event.altKey) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'k') { event.preventDefault(); openPalette(); return; }
  if (control && event.key === 'Enter') {
    const form = event.target.closest?.('form');
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector('[type=submit], button:not([type])') ?? undefined); }
    return;
  }
  if (event.key === 'Escape' && typing(event.target) && !busy()) { event.target.blur(); return; }
  if (control || typing(event.target) || busy()) return;
  if (going && performance.now() - going < 1500) {
    going = 0;
    event.preventDefault();
    goto(event.key.toLowerCase());
    return;
  }
  going = 0;
  if (command(event.key)) event.preventDefault();
});
