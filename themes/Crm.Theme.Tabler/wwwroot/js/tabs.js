// Tabs of a page (data-bs-toggle="tab"): the address keeps which one was open.
const open = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  const tab = document.querySelector(`[data-bs-toggle="tab"][data-bs-target="#${CSS.escape(id)}"], [data-bs-toggle="tab"][href="#${CSS.escape(id)}"]`);
  if (tab) window.tabler?.Tab?.getOrCreateInstance(tab).show();
};

document.addEventListener('shown.bs.tab', event => {
  const target = event.target.dataset.bsTarget ?? event.target.getAttribute('href');
  if (target?.startsWith('#')) history.replaceState(history.state, '', target);
  // Pieces that wait for being seen look again.
  window.dispatchEvent(new Event('scroll'));
});

addEventListener('hashchange', open);
open();
