// What the person may read, from /api/me. Panels of the whole watch are not asked for and not shown to those who see released cases only.
export const rights = { watch: true, desk: true, decides: true };

export function takeRights(me) {
  Object.assign(rights, me.reads, { decides: me.roles.includes('analyst') });
  document.documentElement.dataset.reads = rights.watch ? 'watch' : 'released';
  document.documentElement.dataset.decides = String(rights.decides);
}
