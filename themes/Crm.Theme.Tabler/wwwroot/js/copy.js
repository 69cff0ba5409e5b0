// data-copy="text" copies; without a text, the content of data-copy-from="id".
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy], [data-copy-from]');
  if (!button) return;
  event.preventDefault();
  const source = document.getElementById(button.dataset.copyFrom);
  const text = button.dataset.copy || (source?.value ?? source?.textContent ?? '').trim();
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else oldWay(text);
  } catch { oldWay(text); }
  const icon = button.querySelector('.ti');
  if (!icon) return;
  const before = icon.className;
  icon.className = 'ti ti-check';
  setTimeout(() => { icon.className = before; }, 1500);
});

// Inside a company the server often has no certificate, and without one browsers offer no clipboard.
const oldWay = text => {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
};
