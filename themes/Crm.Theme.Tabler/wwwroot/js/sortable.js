// data-sortable="/url": its [data-id] children are dragged by mouse or touch, between containers of one data-group too; the server is told.
import { all, csrf, library, onLoad } from './dom.js';
import { show } from './toast.js';

const back = event => event.from.insertBefore(event.item, event.from.children[event.oldIndex + (event.from === event.to && event.newIndex < event.oldIndex ? 1 : 0)] ?? null);

const tell = async event => {
  if (event.from === event.to && event.oldIndex === event.newIndex) return;
  const body = new URLSearchParams({ id: event.item.dataset.id, to: event.to.dataset.to ?? '', index: String(event.newDraggableIndex) });
  try {
    const answer = await fetch(event.to.dataset.sortable, { method: 'POST', headers: { RequestVerificationToken: csrf(), 'HX-Request': 'true' }, body });
    if (!answer.ok) throw new Error(String(answer.status));
    const trigger = answer.headers.get('HX-Trigger');
    if (!trigger) return;
    const { toast } = JSON.parse(trigger);
    show(toast?.text, toast?.undoUrl);
  } catch {
    // What is on the screen is what the server knows.
    back(event);
    show(document.getElementById('toasts')?.dataset.failed, null, true);
  }
};

const attach = async container => {
  if (container.dataset.sortableOn !== undefined) return;
  container.dataset.sortableOn = '';
  await library('sortable/Sortable.min.js');
  Sortable.create(container, { group: container.dataset.group || undefined, draggable: '[data-id]', handle: container.dataset.handle || undefined, forceFallback: true, delay: 120, delayOnTouchOnly: true, onEnd: tell });
};

onLoad(root => all(root, '[data-sortable]').forEach(attach));
