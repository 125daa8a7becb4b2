/** What the columns of a file are: their type, and whether a model should know them at all. A guess that people can change. */
import { converted, numberIn } from '../table/columns.js';

/**
 * @typedef {'integer' | 'number' | 'text' | 'boolean' | 'list' | 'date'} Type
 * @typedef {'personal' | 'outcome' | 'names' | 'same' | 'empty'} Reason why a column is left out at first
 * @typedef {{ place: number, heading: string, path: string, type: Type, values?: string[], range?: [low: number, high: number], known: number, unread: number, count: number, reason: Reason | null, cells: string[] }} Column
 */

/** Texts that are worth a list of answers, and the rows from which on a column that is always different names its row. */
const [LISTED, NAMING] = [20, 8];
/** The share of cells that have to be of a type: the others are slips of the pen. */
const MOSTLY = 0.95;

const PERSONAL =
  /\b(e ?mails?|mails?|courriels?|telephone|phone|tel|mobile|portable|prenom|nom|noms|name|names|surname|contact name|adresse|address|street|rue|birth\w*|naissance|age|linkedin|ip)\b/;
const OF_COMPANIES = /\b(compan(y|ies)|entreprise|societe|organi[sz]ation|account|compte|product|produit|campaign|campagne|e ?mails? \w+)\b/;
const OUTCOME = /\b(won|lost|converted|conversion|outcome|closed|customer since|gagnee?|perdue?|convertie?|signee?|client depuis|issue)\b/;
const NAMING_WORD = /\b(id|ids|uuid|identifiant|ref|reference|siret|siren|numero|zip|postal|cp|url|website|site|domain|domaine)\b/;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(\+|0)[\d\s().-]{8,}$/;
const DATE = /^(\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}\/\d{1,2}\/\d{4})$/;

/** @param {string[]} header @param {string[][]} rows @returns {Column[]} */
export function columnsFound(header, rows) {
  const taken = /** @type {Set<string>} */ (new Set());
  return header.map((name, place) => {
    const heading = name.trim() || `${place + 1}`;
    const cells = rows.map((row) => (row[place] ?? '').trim());
    const known = cells.filter((cell) => cell !== '');
    const type = typeOf(known);
    const reason = reasonOf(heading, known, type);
    return { ...columnAs(type, cells), place, heading, path: pathOf(heading, taken), reason };
  });
}

/** A column read as a type. @param {Type} type @param {string[]} cells */
export function columnAs(type, cells) {
  const known = cells.filter((cell) => cell !== '');
  const read = Array.from(converted(known, { type }));
  const bad = (/** @type {any} */ one) => one === null || Number.isNaN(one) || (type === 'date' && !(Date.parse(one) > -Infinity));
  const good = read.filter((one) => !bad(one));
  const distinct = [...new Set(type === 'text' || type === 'list' ? good.flat() : [])].sort((a, b) => String(a).localeCompare(String(b)));
  const few = distinct.length > 0 && distinct.length <= LISTED && distinct.length < good.length;
  return {
    type,
    cells,
    count: cells.length,
    known: known.length,
    unread: read.length - good.length,
    ...(few && { values: distinct.map(String) }),
    ...((type === 'integer' || type === 'number') && good.length > 0 && { range: rangeOf(good) }),
  };
}

/** @param {number[]} numbers @returns {[number, number]} */
function rangeOf(numbers) {
  return numbers.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
}

/** @param {string[]} known @returns {Type} */
function typeOf(known) {
  const mostly = (/** @type {(cell: string) => boolean} */ test) =>
    known.length > 0 && known.filter(test).length >= known.length * MOSTLY;
  const answers = converted(known, { type: 'boolean' });
  if (mostly((cell) => answers[known.indexOf(cell)] !== null) && new Set(answers).size <= 3 && new Set(known).size <= 4) return 'boolean';
  if (mostly((cell) => DATE.test(cell))) return 'date';
  const counted = (/** @type {string} */ cell) => !Number.isNaN(numberIn(cell)) && !/^[-+]?0\d/.test(cell); // 01000 is a place, not a number
  if (mostly(counted)) return known.every((cell) => !counted(cell) || Number.isInteger(numberIn(cell))) ? 'integer' : 'number';
  const parts = known.map((cell) => cell.split(/[;|]/).filter((part) => part.trim()));
  const many = parts.filter((some) => some.length > 1).length;
  const words = parts.flat().map((part) => part.trim());
  return many >= known.length * 0.2 && many > 0 && new Set(words).size <= words.length * 0.6 ? 'list' : 'text';
}

/** @param {string} heading @param {string[]} known @param {Type} type @returns {Reason | null} */
function reasonOf(heading, known, type) {
  const words = heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ');
  const half = (/** @type {RegExp} */ shape) => known.length > 0 && known.filter((cell) => shape.test(cell)).length * 2 >= known.length;
  const different = new Set(known).size;
  if (known.length === 0) return 'empty';
  if (half(MAIL) || half(PHONE) || (PERSONAL.test(words) && !OF_COMPANIES.test(words) && type !== 'boolean')) return 'personal';
  if (OUTCOME.test(words)) return 'outcome';
  const naming = different === known.length && known.length >= NAMING;
  if (NAMING_WORD.test(words) || (naming && type === 'text')) return 'names';
  return different === 1 && known.length >= NAMING ? 'same' : null;
}

/** The name for programs of a heading, which no other column has. @param {string} heading @param {Set<string>} taken */
function pathOf(heading, taken) {
  const parts = heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split('.')
    .map((part) => part.replace(/[^A-Za-z0-9_]+(.?)/g, (_, letter) => letter.toUpperCase()).replace(/^[^A-Za-z]+/, ''))
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .filter(Boolean);
  const wanted = parts.join('.').slice(0, 60) || 'column';
  let path = wanted;
  for (let number = 2; taken.has(path); number++) path = `${wanted}${number}`;
  taken.add(path);
  return path;
}
