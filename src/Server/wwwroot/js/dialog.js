// A dialog over the console: the browser keeps the focus in it, Esc closes it, and the keys of the console do not reach through it.
import { el } from './dom.js';
import { t } from './text.js';

/** Cells with the names of their columns, which a small screen shows beside each. */
export const labelled = (names, cells) => cells.map((cell, i) => { cell.dataset.label = names[i]; return cell; });

/** Opens a dialog with a title; gives it and its body. It is gone when it is closed, and the focus is back where it was. */
export function openDialog(id, title) {
  document.getElementById(id)?.remove();
  const back = document.activeElement;
  const body = el('div', { class: 'dialog-body', tabindex: '0' });
  const dialog = el('dialog', { id, class: 'sheet', 'aria-labelledby': `${id}-title`, onkeydown: e => e.stopPropagation() },
    el('form', { method: 'dialog', class: 'line' }, el('h2', { id: `${id}-title`, text: title }), el('button', { class: 'close', type: 'submit', 'aria-label': t('common.close'), title: t('common.close') }, '×')),
    body);
  // What opened it may have been drawn anew meanwhile: the one of its name has taken its place.
  dialog.addEventListener('close', () => { dialog.remove(); (back?.isConnected ? back : document.getElementById(back?.id) ?? document.getElementById('drawer-title'))?.focus({ preventScroll: true }); });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, body };
}
