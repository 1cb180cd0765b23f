// Colours by ship type, an option that is off at first: colour is kept for attention. Groups by the first digit of the type
// broadcast (ITU-R M.1371-5, table 53); tokens of palette.json.
export const TYPE_INKS = ['vessel', 'typeCargo', 'typeTanker', 'typePassenger', 'typeWork'];
export const TYPE_NAMES = ['map.typeOther', 'map.typeCargo', 'map.typeTanker', 'map.typePassenger', 'map.typeWork'];

/** Place in TYPE_INKS of a ship type; 0 for others and where it is not known. */
export function typeInk(type) {
  const group = Math.floor((type ?? 0) / 10);
  return group === 7 ? 1 : group === 8 ? 2 : group === 6 ? 3 : group === 3 || group === 5 ? 4 : 0;
}
