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

// A menu longer than the window shows where one is.
const menu = document.querySelector('.sidebar-nav');
const here = [...menu?.querySelectorAll('[aria-current]') ?? []].at(-1);
if (here) menu.scrollTop += Math.max(0, here.getBoundingClientRect().bottom - menu.getBoundingClientRect().bottom + 8);
