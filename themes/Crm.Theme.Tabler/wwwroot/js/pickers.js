// select[data-picker] searches as one types (data-source answers [{value,text,hint}]); select[multiple] becomes chips.
import { all, library, onLoad } from './dom.js';

const row = (item, escape) => `<div class="pick"><span>${escape(item.text)}</span>${item.hint ? `<small>${escape(item.hint)}</small>` : ''}</div>`;

const remote = select => ({
  valueField: 'value',
  labelField: 'text',
  searchField: [],
  // The server decides what fits and in which order.
  score: () => () => 1,
  sortField: [{ field: '$order' }],
  preload: 'focus',
  loadThrottle: 150,
  // A pause here would open the list again, and take the focus back, over whoever has chosen and gone on.
  refreshThrottle: 0,
  // What stands in the list belongs to other words than those typed: Enter takes none of it.
  onType() { this.clearActiveOption(); },
  shouldLoad: () => true,
  async load(words, done) {
    const url = new URL(select.dataset.source, location.href);
    url.searchParams.set('q', words);
    // Words that were asked for before are asked for again: their answer has left the list.
    this.loadedSearches = {};
    let found = [];
    try {
      const answer = await fetch(url, { headers: { Accept: 'application/json' } });
      if (answer.ok) found = await answer.json();
    } catch { /* nothing is found while nobody answers */ }
    if (this.inputValue().trim() === words.trim()) {
      this.clearOptions();
      done(found);
    } else {
      done([]);
      this.clearActiveOption();
    }
  },
});

const attach = async select => {
  if (select.tomselect || select.dataset.pickerOn !== undefined) return;
  select.dataset.pickerOn = '';
  const label = select.labels?.[0]?.textContent.trim();
  await library('tom-select/tom-select.popular.min.js');
  const create = select.dataset.create;
  const picker = new TomSelect(select, {
    ...(select.dataset.source ? remote(select) : {}),
    plugins: select.multiple ? ['remove_button'] : [],
    maxOptions: 200,
    create: select.hasAttribute('data-create-text'),
    hideSelected: select.multiple,
    closeAfterSelect: !select.multiple,
    allowEmptyOption: false,
    render: {
      option: row,
      item: (item, escape) => `<div>${escape(item.text)}</div>`,
      no_results: () => {
        if (!create) return `<div class="no-results">${select.dataset.none ?? '–'}</div>`;
        const link = document.createElement('a');
        link.className = 'no-results';
        link.href = create;
        link.target = '_blank';
        link.textContent = select.dataset.createLabel ?? '+';
        return link;
      },
    },
  });
  // The label now belongs to the visible input; the select behind it still wants a name.
  if (label) select.setAttribute('aria-label', label.replace(/ \*$/, ''));
  // By finger the list that opens would only cover the form.
  if (select.autofocus && matchMedia('(pointer: fine)').matches) picker.focus();
  select.form?.addEventListener('draft:restored', () => picker.sync());
  select.form?.addEventListener('reset', () => setTimeout(() => picker.sync()));
};

onLoad(root => all(root, 'select[data-picker], select[multiple]:not([data-plain])').forEach(attach));
document.body.addEventListener('htmx:beforeCleanupElement', event => event.target.tomselect?.destroy?.());
