// A form that was changed and not sent asks before the page is left; one with data-draft keeps its text and needs no question.
import { all, onLoad } from './dom.js';

const changed = new Set();
const guarded = form => (form.method === 'post' || form.matches('[hx-post], [hx-put], [hx-patch]')) && !form.matches('[data-draft], [data-no-guard]');

onLoad(root => all(root, 'form').filter(guarded).forEach(form => {
  form.addEventListener('input', () => changed.add(form));
  form.addEventListener('submit', () => { if (!form.matches('[hx-post], [hx-put], [hx-patch]')) changed.delete(form); });
  form.addEventListener('htmx:afterRequest', event => { if (event.detail.successful) changed.delete(form); });
  form.addEventListener('reset', () => changed.delete(form));
}));

addEventListener('beforeunload', event => {
  if ([...changed].some(form => form.isConnected)) event.preventDefault();
});
