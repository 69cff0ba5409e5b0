// One stream from the server while the page is looked at: the bell's count, and that the record on the page was changed by somebody else.
const bell = document.querySelector('[data-bell]');
const most = 99;
let stream;
let stale = false;

const count = text => {
  const number = Number.parseInt(text, 10) || 0;
  const sign = bell.querySelector('[data-bell-count]');
  sign.hidden = number === 0;
  sign.textContent = number > most ? `${most}+` : String(number);
};

// Nothing moves under the eyes of who has scrolled down: it is read anew on the way back.
const refresh = () => {
  if (window.scrollY > 300) { stale = true; return; }
  stale = false;
  window.htmx?.trigger(document.body, 'story-changed');
  window.htmx?.trigger(document.body, 'record-changed');
};

const open = () => {
  if (stream || document.hidden) return;
  const watched = [...document.querySelectorAll('[data-watch]')].map(e => `watch=${encodeURIComponent(e.dataset.watch)}`);
  stream = new EventSource(`/events${watched.length ? `?${watched.join('&')}` : ''}`);
  stream.addEventListener('notices', event => count(event.data));
  stream.addEventListener('changed', refresh);
};

const close = () => { stream?.close(); stream = undefined; };

if (bell) {
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  window.addEventListener('scroll', () => { if (stale) refresh(); }, { passive: true });
  open();
}
