// Every htmx request carries the anti-forgery token; the ones that take long show a line at the top.
import { csrf } from './dom.js';

document.body.addEventListener('htmx:configRequest', event => {
  if (event.detail.verb !== 'get') event.detail.headers.RequestVerificationToken = csrf();
});

const line = document.getElementById('progress');
let open = 0;
let timer;

const begin = () => {
  open += 1;
  // What is quick shows nothing: a flash would only disturb.
  if (open === 1 && line) timer = setTimeout(() => { line.hidden = false; }, 400);
};

const end = () => {
  open = Math.max(0, open - 1);
  if (open > 0 || !line) return;
  clearTimeout(timer);
  line.hidden = true;
};

document.body.addEventListener('htmx:beforeRequest', begin);
document.body.addEventListener('htmx:afterRequest', end);
