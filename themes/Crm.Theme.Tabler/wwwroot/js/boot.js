// Runs before the first paint, so that neither colours nor the menu's width jump.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const choice = root.dataset.themeChoice || 'auto';
    root.dataset.bsTheme = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
  };
  dark.addEventListener('change', paint);
  window.crmPaintTheme = paint;
  paint();
})();
