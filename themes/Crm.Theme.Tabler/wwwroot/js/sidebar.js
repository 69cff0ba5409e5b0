// The left menu folds to icons and stays so.
import { remember } from './dom.js';

const root = document.documentElement;

for (const button of document.querySelectorAll('[data-sidebar-fold]')) {
  const say = () => button.setAttribute('aria-expanded', String(root.dataset.sidebar !== 'narrow'));
  say();
  button.addEventListener('click', () => {
    root.dataset.sidebar = root.dataset.sidebar === 'narrow' ? 'wide' : 'narrow';
    remember('crm-sidebar', root.dataset.sidebar);
    say();
  });
}
