// The page of one's own keys.
import { byId } from './dom.js';
import { loadPalette } from './palette.js';
import { t } from './text.js';
import { keysSection } from './admin-keys.js';

document.title = `${t('access.keys')} – MaritimeWatch`;
await loadPalette();
await keysSection(byId('keys'));
