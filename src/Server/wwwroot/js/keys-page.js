// The page of one's own keys.
import { byId } from './dom.js';
import { pageHead } from './page-head.js';
import { t } from './text.js';
import { keysSection } from './admin-keys.js';

document.title = `${t('common.keys')} – MaritimeWatch`;
const { me } = await pageHead();
await keysSection(byId('keys'), me);
