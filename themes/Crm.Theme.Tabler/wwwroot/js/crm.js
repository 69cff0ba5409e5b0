// The table of contents of the page's behaviour; one file each.
import './requests.js';
import './toast.js';
import './confirm.js';
import './theme.js';
import './sidebar.js';
import './dialogs.js';
import './palette.js';
import './keyboard.js';
import './focus.js';
import './lists.js';
import './place.js';
import './density.js';
import './selection.js';
import './drafts.js';
import './unsaved.js';
import './forms.js';
import './rows.js';
import './pickers.js';
import './mentions.js';
import './tabs.js';
import './copy.js';
import './charts.js';
import './sortable.js';
import './live.js';
import './calendar.js';

document.documentElement.dataset.ready = '';
