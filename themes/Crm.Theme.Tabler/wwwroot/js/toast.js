// A short message with Undo. The server sends it by HX-Trigger {"toast":{text,undoUrl}} or in TempData.
import { make } from './dom.js';

const region = document.getElementById('toasts');
const stay = 8000;

const undo = (toast, url) => {
  let answered = false;
  const after = event => {
    if (event.detail.pathInfo?.requestPath !== url) return;
    document.body.removeEventListener('htmx:afterRequest', after);
    if (answered || !event.detail.successful) return;
    answered = true;
    const headers = event.detail.xhr.getAllResponseHeaders().toLowerCase();
    // The server may say what to refresh; without a word from it, all is.
    if (!/^hx-(trigger|refresh|redirect|location):/m.test(headers)) location.reload();
  };
  document.body.addEventListener('htmx:afterRequest', after);
  toast.remove();
  htmx.ajax('POST', url, { swap: 'none', source: document.body });
};

/** Shows a toast; it stays while the pointer or the focus is on it. */
export const show = (text, undoUrl, wrong = false) => {
  if (!region || !text) return;
  const toast = make('div', wrong ? 'toast-line toast-wrong' : 'toast-line');
  const icon = make('i', `ti ti-${wrong ? 'alert-circle' : 'check'}`);
  icon.setAttribute('aria-hidden', 'true');
  toast.append(icon, make('span', 'toast-text', text));
  if (undoUrl) {
    const button = make('button', 'toast-undo', region.dataset.undo);
    button.type = 'button';
    button.addEventListener('click', () => undo(toast, undoUrl));
    toast.append(button);
  }
  const close = make('button', 'icon-btn');
  close.type = 'button';
  close.setAttribute('aria-label', region.dataset.close);
  close.append(make('i', 'ti ti-x'));
  close.addEventListener('click', () => toast.remove());
  toast.append(close);
  region.append(toast);
  while (region.children.length > 3) region.firstElementChild.remove();

  let timer;
  const leave = () => { timer = setTimeout(() => toast.remove(), wrong ? stay * 2 : stay); };
  for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, () => { clearTimeout(timer); leave(); });
  leave();
};

document.body.addEventListener('toast', event => show(event.detail.text ?? event.detail.value, event.detail.undoUrl));

// An answer may say in one line what was wrong: problem details, or plain text.
const reason = xhr => {
  const type = xhr.getResponseHeader('Content-Type') ?? '';
  if (!type.includes('json')) return null;
  try {
    const problem = JSON.parse(xhr.responseText);
    return problem.detail ?? problem.title ?? null;
  } catch { return null; }
};

document.body.addEventListener('htmx:responseError', event => {
  if (event.detail.xhr.status === 401) location.reload();
  else show(reason(event.detail.xhr) ?? region?.dataset.failed, null, true);
});
document.body.addEventListener('htmx:sendError', () => show(region?.dataset.offline, null, true));
document.body.addEventListener('htmx:timeout', () => show(region?.dataset.offline, null, true));

if (region?.dataset.toast) show(region.dataset.toast, region.dataset.toastUndo);
