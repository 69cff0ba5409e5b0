// data-confirm="…" asks before what cannot be undone: on a form, its button, a link, or an element with hx-*.
const dialog = document.getElementById('confirm');
const text = document.getElementById('confirm-text');
const yes = dialog?.querySelector('[data-confirm-yes]');
let agreed;

const ask = (element, act) => {
  text.textContent = element.dataset.confirm;
  yes.textContent = element.dataset.confirmYes || yes.dataset.default;
  agreed = act;
  dialog.showModal();
  // Enter by habit must not delete: the harmless answer has the focus.
  dialog.querySelector('[data-confirm-no]').focus();
};

if (dialog) {
  yes.addEventListener('click', () => { dialog.close(); agreed?.(); agreed = null; });
  dialog.querySelector('[data-confirm-no]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => { if (dialog.returnValue !== 'yes') setTimeout(() => { agreed = null; }); });

  document.addEventListener('htmx:confirm', event => {
    const element = event.target.closest('[data-confirm]');
    if (!element) return;
    event.preventDefault();
    ask(element, () => event.detail.issueRequest(true));
  });

  const passed = new WeakSet();
  document.addEventListener('submit', event => {
    const form = event.target;
    const element = event.submitter?.closest('[data-confirm]') ?? (form.matches('[data-confirm]') ? form : null);
    if (!element || passed.delete(form) || form.matches('[hx-post], [hx-put], [hx-patch], [hx-delete]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(element, () => { passed.add(form); form.requestSubmit(event.submitter ?? undefined); });
  }, true);

  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-confirm][href]:not([hx-get], [hx-post], [hx-delete])');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    ask(link, () => { location.href = link.href; });
  });
}
