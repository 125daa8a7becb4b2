/** How names are compared that people write in their own way: without case, accents and punctuation. */

/** @param {string} text */
export const folded = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
