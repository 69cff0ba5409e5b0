// Native dialogs: [data-open-dialog="id"], [data-close-dialog], a click beside one closes it. The browser gives the focus back.
document.addEventListener('click', event => {
  const open = event.target.closest('[data-open-dialog], [data-open-keys]');
  if (open) {
    document.getElementById(open.dataset.openDialog ?? 'keys')?.showModal();
    return;
  }
  if (event.target.closest('[data-close-dialog]')) event.target.closest('dialog')?.close();
  else if (event.target instanceof HTMLDialogElement && event.target.open && !event.target.matches('[data-stay]')) event.target.close();
});

// The way back of an error page: only where there is one.
for (const back of document.querySelectorAll('[data-back]')) {
  back.hidden = history.length < 2;
  back.addEventListener('click', () => history.back());
}

// After a failed form the eye and the screen reader begin at the summary.
document.querySelector('[data-error-summary]')?.focus();
