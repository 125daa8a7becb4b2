// Picks the words of a language.

import { en } from './en.js';
import { fr } from './fr.js';

/** @typedef {import('./en.js').Words} Words */

/**
 * @param {import('leadscore').Language} language
 * @returns {Words}
 */
export function words(language) {
  return language === 'fr' ? fr : en;
}

/**
 * A text of the user's as it may be written on a terminal, where control characters would be obeyed.
 * @param {string} text
 */
export function safe(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}

/**
 * The same, cut where it is long.
 * @param {string} text
 */
export function shown(text, length = 40) {
  const letters = [...safe(text)];
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : letters.join('');
}

/**
 * A text of the model, which is one text or one for each language.
 * @param {unknown} text
 * @param {import('leadscore').Language} language
 * @returns {string | null}
 */
export function localised(text, language) {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null) return null;
  const texts = /** @type {Record<string, unknown>} */ (text);
  const found = texts[language] ?? texts.en ?? Object.values(texts)[0];
  return typeof found === 'string' ? found : null;
}
