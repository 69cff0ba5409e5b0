// Wide or dense lists, as this person likes them: [data-density-toggle].
import { remember } from './dom.js';

const root = document.documentElement;
const say = () => { for (const button of document.querySelectorAll('[data-density-toggle]')) button.setAttribute('aria-pressed', String(root.dataset.density === 'dense')); };

document.addEventListener('click', event => {
  if (!event.target.closest('[data-density-toggle]')) return;
  root.dataset.density = root.dataset.density === 'dense' ? 'wide' : 'dense';
  remember('crm-density', root.dataset.density);
  say();
});

say();
