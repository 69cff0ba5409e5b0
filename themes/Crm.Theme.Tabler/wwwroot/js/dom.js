// What several behaviours share.

/** Calls act(root) for the page and for everything htmx brings in later. */
export const onLoad = act => {
  act(document.body);
  document.body.addEventListener('htmx:load', event => { if (event.detail.elt !== document.body) act(event.detail.elt); });
};

/** All elements inside root that match, root itself included. */
export const all = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

/** The anti-forgery token, for a request that htmx does not send. */
export const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

/** Whether a key press is typing and not a command. */
export const typing = target => target instanceof Element
  && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

/** Whether a dialog or an open menu takes the keys. */
export const busy = () => document.querySelector('dialog[open], .dropdown-menu.show, .offcanvas.showing') !== null;

const scripts = new Map();

/** Loads one of the libraries once, when a page first needs it. */
export const library = path => {
  if (!scripts.has(path)) {
    scripts.set(path, new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = new URL(`../lib/${path}`, import.meta.url);
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    }));
  }
  return scripts.get(path);
};

/** An element with a class and text. */
export const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

/** Remembers a choice for a year, where the server sees it before it draws the page. */
export const remember = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
};

/** Storage that may be full, private or off. */
export const kept = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* without it, nothing is remembered */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};
