// Decides what each column of a CSV file feeds, from its header: an attribute of the model, or nothing.
// It tells everything that it left aside; it reads no cells.

/** @typedef {import('../model.js').Attribute} Attribute */

/**
 * @typedef {object} Column
 * @property {number} index from 0
 * @property {string} header
 * @property {Attribute} attribute
 * @property {string[]} path
 */

/**
 * @typedef {object} Notice
 * @property {string} code
 * @property {string} message
 */

/**
 * @typedef {object} Plan
 * @property {Column[]} columns those that feed an attribute
 * @property {number} id index of the column with the lead's id, or -1
 * @property {Notice[]} notices
 */

/** Columns that this command writes; found in an input, they are those of an earlier run. */
export const OURS = 'leadscore.';
/** So many names are told of a list. */
const TOLD = 20;

/**
 * @param {string[]} headers
 * @param {Map<string, Attribute>} attributes
 * @param {{mapped: Map<string, string>, id: string, say: import('../words/en.js').Words}} options
 * @returns {Plan}
 */
export function plan(headers, attributes, { mapped, id, say }) {
  const names = headers.map((header) => header.trim());
  /** @type {Notice[]} */
  const notices = [];
  const readable = firstOfEachName(names, notices, say);
  const { fed, taken } = match(readable, names, attributes, mapped);

  for (const { index, attribute } of taken) {
    const first = names[/** @type {number} */ (fed.get(attribute))];
    notices.push({ code: 'header-taken', message: say.headerTaken(names[index], attribute, first) });
  }
  for (const path of [...fed.keys()]) {
    const outer = [...fed.keys()].find((other) => path.startsWith(`${other}.`));
    if (!outer) continue;
    fed.delete(path);
    notices.push({ code: 'attribute-inside', message: say.attributeInside(path, outer) });
  }

  const idIndex = findId(readable, names, id);
  const told = new Set(taken.map(({ index }) => index));
  const untold = readable.filter((index) => !told.has(index));
  notices.push(...leftAside(names, untold, attributes, fed, idIndex, say));
  const columns = [...fed].map(([path, index]) => ({
    index,
    header: names[index],
    attribute: /** @type {Attribute} */ (attributes.get(path)),
    path: path.split('.'),
  }));
  return { columns, id: idIndex, notices };
}

/**
 * @param {string[]} names
 * @param {Notice[]} notices
 * @param {import('../words/en.js').Words} say
 */
function firstOfEachName(names, notices, say) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  names.forEach((name, index) => places.set(name, [...(places.get(name) ?? []), index]));

  const empty = places.get('') ?? [];
  places.delete('');
  if (empty.length) notices.push({ code: 'header-empty', message: say.headerEmpty(empty.map((index) => index + 1)) });
  for (const [name, [first, ...later]] of places) {
    if (later.length === 0) continue;
    const columns = later.map((index) => index + 1);
    notices.push({ code: 'header-duplicate', message: say.headerDuplicate(name, first + 1, columns) });
  }
  return [...places.values()].map(([first]) => first);
}

/**
 * What is surer comes first: what was mapped by hand, then the path itself, the path in any case, a label.
 * @param {number[]} readable
 * @param {string[]} names
 * @param {Map<string, Attribute>} attributes
 * @param {Map<string, string>} mapped
 */
function match(readable, names, attributes, mapped) {
  /** @type {Map<string, string>} */
  const folded = new Map();
  /** @type {Map<string, string>} */
  const labels = new Map();
  for (const { path, names: others } of attributes.values()) {
    if (!folded.has(fold(path))) folded.set(fold(path), path);
    for (const other of others) if (!labels.has(fold(other))) labels.set(fold(other), path);
  }
  const ways = [
    (/** @type {string} */ name) => mapped.get(name),
    (/** @type {string} */ name) => (attributes.has(name) ? name : undefined),
    (/** @type {string} */ name) => folded.get(fold(name)),
    (/** @type {string} */ name) => labels.get(fold(name)),
  ];

  /** @type {Map<string, number>} attribute → column */
  const fed = new Map();
  /** @type {{index: number, attribute: string}[]} */
  const taken = [];
  let left = readable;
  for (const way of ways) {
    left = left.filter((index) => {
      const attribute = way(names[index]);
      if (attribute === undefined) return true;
      if (fed.has(attribute)) taken.push({ index, attribute });
      else fed.set(attribute, index);
      return false;
    });
  }
  return { fed, taken };
}

/**
 * @param {number[]} readable
 * @param {string[]} names
 * @param {string} id
 */
function findId(readable, names, id) {
  const exact = readable.find((index) => names[index] === id);
  return exact ?? readable.find((index) => fold(names[index]) === fold(id)) ?? -1;
}

/**
 * @param {string[]} names
 * @param {number[]} readable
 * @param {Map<string, Attribute>} attributes
 * @param {Map<string, number>} fed
 * @param {number} idIndex
 * @param {import('../words/en.js').Words} say
 */
function leftAside(names, readable, attributes, fed, idIndex, say) {
  /** @type {Notice[]} */
  const notices = [];
  const feeding = new Set([...fed.values(), idIndex]);
  const idle = readable.filter((index) => !feeding.has(index)).map((index) => names[index]);
  const ours = idle.filter((name) => name.startsWith(OURS));
  const unmatched = idle.filter((name) => !name.startsWith(OURS));
  const unfed = [...attributes.keys()].filter((path) => !fed.has(path));
  const quoted = (/** @type {string[]} */ list) => {
    const rest = list.length - TOLD;
    return say.list([...list.slice(0, TOLD).map((name) => `\`${name}\``), ...(rest > 0 ? [say.more(rest)] : [])]);
  };

  if (ours.length) notices.push({ code: 'header-ours', message: say.headerOurs(quoted(ours)) });
  if (unmatched.length) {
    const hints = say.list(unmatched.flatMap((name) => mapHint(name, unfed)));
    notices.push({ code: 'columns-unmatched', message: say.unmatched(quoted(unmatched), hints) });
  }
  if (attributes.size && fed.size === 0) notices.push({ code: 'nothing-fed', message: say.nothingFed });
  else if (unfed.length) notices.push({ code: 'attributes-unfed', message: say.unfed(quoted(unfed)) });
  return notices;
}

/**
 * A column that is called like the last part of an attribute which nothing feeds.
 * @param {string} name
 * @param {string[]} unfed
 */
function mapHint(name, unfed) {
  const alike = unfed.filter((path) => fold(path.slice(path.lastIndexOf('.') + 1)) === fold(name));
  return alike.length === 1 ? [`\`--map ${name}=${alike[0]}\``] : [];
}

/**
 * Without case, accents, and the ways of joining words.
 * @param {string} text
 */
export function fold(text) {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
