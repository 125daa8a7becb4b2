/**
 * Where the attributes of leads are read: places in the code that meet one key each. An engine of JavaScript notes at
 * every place how the objects that come by are laid out, and reads in a nanosecond as long as it is always the same key; one
 * place for all keys takes several times as long, and code made to measure needs `eval`. So the lines below are alike on
 * purpose, and compress to nothing.
 */

/** @typedef {import('./slots.js').Level} Level */
/** @typedef {import('./slots.js').Slots} Slots */

const SITES = 64;
/** Reading can begin at every so many: fewer labels compress better. */
const STEP = 4;
/** Which keys have theirs: the same model made anew, or one that reads the same, shares them. @type {Map<string, Given>} */
const given = new Map();
let taken = 0;

/** @typedef {{ first: number, sites: number }} Given the first site, and how many there are */

/**
 * Gives the keys of an object their sites, as many as are left.
 * @param {readonly string[]} keys
 * @returns {Given}
 */
export function sitesOf(keys) {
  const name = JSON.stringify(keys);
  let found = given.get(name);
  if (!found) {
    found = { first: taken, sites: Math.min(keys.length, SITES - taken) };
    taken += Math.ceil(found.sites / STEP) * STEP;
    if (found.sites > 0) given.set(name, found);
  }
  return found;
}

/**
 * Reads the keys that have sites. Numbers, which most values are, go to their slots at once.
 * @param {Level} level
 * @param {Record<string, unknown>} object
 * @param {Slots} sheet
 */
export function readAtSites({ first, sites, keys, slots, nodes }, object, sheet) {
  const { kinds, values } = sheet;
  let at = 0;
  let slot;
  let value;
  switch (first) {
    case 0:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 4:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 8:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 12:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 16:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 20:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 24:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 28:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 32:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 36:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 40:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 44:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 48:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 52:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 56:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
    case 60:
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
      value = object[keys[at]]; slot = slots[at]; if (slot >= 0 && typeof value === 'number' && value - value === 0) { kinds[slot] = 1; values[slot] = value + 0; } else sheet.put(nodes[at], value); if (++at === sites) return;
  }
}
