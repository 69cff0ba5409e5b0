// Coming back to a long list finds it as it was: the pages that were added, and the row one had scrolled to.
const key = `crm-place:${location.pathname}${location.search}`;
const most = 20;

const kept = () => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };
let pages = 0;

addEventListener('pagehide', () => {
  if (!document.querySelector('[data-list]')) return;
  try { sessionStorage.setItem(key, JSON.stringify({ pages, y: Math.round(scrollY) })); } catch { /* then it begins at the top */ }
});

document.body.addEventListener('htmx:beforeRequest', event => { if (event.target.closest('.pager-more')) pages += 1; });

const more = () => new Promise(done => {
  const link = document.querySelector('.pager-more [hx-get]');
  if (!link) { done(false); return; }
  const after = event => {
    if (!event.detail.requestConfig?.elt?.matches?.('.pager-more *') && event.detail.elt !== link) return;
    document.body.removeEventListener('htmx:afterRequest', after);
    // The rows are in the page after this event's turn.
    setTimeout(() => done(event.detail.successful), 0);
  };
  document.body.addEventListener('htmx:afterRequest', after);
  link.click();
});

const restore = async place => {
  history.scrollRestoration = 'manual';
  for (let i = 0; i < Math.min(place.pages, most); i += 1) if (!await more()) break;
  scrollTo(0, place.y);
};

const place = performance.getEntriesByType('navigation')[0]?.type === 'back_forward' ? kept() : null;
// htmx takes hold of the links when the document is ready; before that a press would leave the page.
if (place?.pages > 0) addEventListener('DOMContentLoaded', () => setTimeout(() => restore(place)));
