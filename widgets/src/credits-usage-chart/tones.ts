/** How many colours there are for series, beside the muted one of the rest. */
const TONES = 8;
/** The last one is a grey: it is nobody's own. */
const WISHES = TONES - 1;
/** The muted colour. */
export const REST_TONE = 0;

/**
 * A colour for each key, from 1: its own by a hash of it, so that a key has the same colour in every chart. Where two keys
 * want the same, the one that comes first by hash keeps it, and the other takes the next that is free.
 */
export function tonesOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const wishes = keys.map((key) => ({ key, hash: hashOf(key) }));
  wishes.sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1));
  const tones = new Map<string, number>();
  const taken = new Set<number>();
  const take = (key: string, slot: number) => {
    tones.set(key, slot + 1);
    taken.add(slot);
  };
  for (const { key, hash } of wishes) if (!taken.has(hash % WISHES)) take(key, hash % WISHES);
  for (const { key, hash } of wishes) {
    if (tones.has(key)) continue;
    let slot = hash % WISHES;
    for (let step = 0; step < TONES && taken.has(slot); step += 1) slot = (slot + 1) % TONES;
    take(key, slot);
  }
  return tones;
}

/** Chosen so that features as many products have them begin with the calmest colours, and do not collide. */
const SEED = 1_508_790;

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = SEED;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
