// Light, dark, or as the system wishes.
import { csrf, remember } from './dom.js';

const root = document.documentElement;
const buttons = [...document.querySelectorAll('[data-theme-set]')];

const press = () => {
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.themeSet === (root.dataset.themeChoice || 'auto')));
};

for (const button of buttons) {
  button.addEventListener('click', () => {
    root.dataset.themeChoice = button.dataset.themeSet;
    window.crmPaintTheme();
    press();
    remember('crm-theme', button.dataset.themeSet);
    const url = button.closest('[data-theme-url]')?.dataset.themeUrl;
    if (url) {
      fetch(url, {
        method: 'POST',
        // Arrives even when the next page is opened at once.
        keepalive: true,
        headers: { RequestVerificationToken: csrf() },
        body: new URLSearchParams({ theme: button.dataset.themeSet }),
      }).catch(() => { /* the cookie keeps it here */ });
    }
  });
}

press();
