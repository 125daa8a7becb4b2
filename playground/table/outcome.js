/** Which column says how it ended with a lead, and which of its texts mean won and lost. */
import { plain } from './columns.js';

/** @typedef {{ text: string, count: number, means: 1 | 0 | -1 }} Meaning won, lost, or neither */
/** @typedef {{ place: number, meanings: Meaning[] }} Outcome */

const WON = words('won win yes true 1 y o x gagné gagnée oui vrai converted converti customer client signed signé success subscribed bought closedwon fermégagné');
const LOST = words('lost loss no false 0 n perdu perdue non faux rejected refusé refusée churned failed closedlost ferméperdu abandonné nodecision');
/** Such words say it whatever the column is called. */
const CLEAR = words('won lost gagné gagnée perdu perdue closedwon closedlost');
/** What such columns are called. */
const NAMED = /^(y|target|label)$|won|outcome|result|convert|client|customer|closed|deal|revenue|purchase|bought|sale|gagn|issue|achat|vente|sign/;
/** More texts than these are no outcome. */
const MOST = 12;
const DAY = 86_400_000;

/** @param {string} text */
function words(text) {
  return new Set(text.split(' ').map(plain));
}

/** The columns that could say it, with what their texts would mean. @param {import('./column.js').Column[]} columns @returns {Outcome[]} */
export function outcomesIn(columns) {
  return columns.flatMap(({ texts, places }, place) => {
    const filled = texts.filter((text) => text.trim() !== '').length;
    if (filled < 2 || filled > MOST) return [];
    const counts = new Uint32Array(texts.length);
    for (let row = 0; row < places.length; row++) counts[places[row]] += 1;
    const meanings = texts
      .map((text, at) => ({ text, count: counts[at], means: meansOf(text) }))
      .filter(({ text }) => text.trim() !== '');
    return [{ place, meanings }];
  });
}

/** @param {string} text @returns {1 | 0 | -1} */
function meansOf(text) {
  return WON.has(plain(text)) ? 1 : LOST.has(plain(text)) ? 0 : -1;
}

/**
 * The one that most probably does, by its texts and by its name; `null` where none is clear.
 * @param {Outcome[]} found
 * @param {string[]} header
 * @param {ReadonlySet<number>} taken columns that the model reads
 */
export function likeliest(found, header, taken) {
  const rated = found.map((one) => {
    const both = [1, 0].every((means) => one.meanings.some((meaning) => meaning.means === means));
    const clear = one.meanings.some(({ text }) => CLEAR.has(plain(text)));
    const named = NAMED.test(plain(header[one.place]));
    return { one, worth: !both || taken.has(one.place) ? 0 : Number(clear) * 2 + Number(named) };
  });
  const best = Math.max(0, ...rated.map(({ worth }) => worth));
  return best === 0 ? null : (rated.findLast(({ worth }) => worth === best)?.one ?? null);
}

/** What became of each row: 1 won, 0 lost, -1 neither. @param {import('./column.js').Column} column @param {Meaning[]} meanings */
export function outcomesOf({ texts, places }, meanings) {
  const means = new Map(meanings.map((one) => [one.text, one.means]));
  const each = Int8Array.from(texts, (text) => means.get(text) ?? -1);
  return Int8Array.from(places, (place) => each[place]);
}

/** What the column of the day on which a lead came is called. */
const CAME = /creat|engage|open|receiv|inquir|cree|ouvert|recu|date/;

/**
 * How many weeks the file covers, by the day on which its leads came; 0 where it does not say.
 * @param {import('./column.js').Column[]} columns
 * @param {string[]} header
 */
export function weeksIn(columns, header) {
  const dated = columns.flatMap(({ texts }, place) => {
    const filled = texts.filter((text) => text.trim() !== '');
    const dates = filled.map(dateIn).filter((at) => !Number.isNaN(at));
    return dates.length > 1 && dates.length > filled.length * 0.9 ? [{ place, dates }] : [];
  });
  const { dates = [] } = dated.find(({ place }) => CAME.test(plain(header[place]))) ?? dated[0] ?? {};
  let [first, last] = [Infinity, -Infinity];
  for (const at of dates) [first, last] = [Math.min(first, at), Math.max(last, at)];
  return dates.length > 0 ? Math.max(1, Math.ceil((last - first) / DAY / 7)) : 0;
}

/** A date as people write it, as milliseconds, in UTC where it names no zone; NaN where it is none. @param {string} text */
export function dateIn(text) {
  const [, day, month, year, hours] = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](\d\d:\d\d(?::\d\d)?))?\s*$/.exec(text) ?? [];
  const two = (/** @type {string} */ digits) => digits.padStart(2, '0');
  if (year) return Date.parse(`${year}-${two(month)}-${two(day)}${hours ? `T${hours}Z` : ''}`);
  const [, date, time, zone] = /^\s*(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?\s*$/.exec(text) ?? [];
  return date ? Date.parse(time ? `${date}T${time}${zone ?? 'Z'}` : date) : NaN;
}
