/** From the cells of a CSV file to attributes: which column is which, and what its texts mean. Nothing here scores. */

const YES = new Set(['true', 'yes', 'oui', 'vrai', '1', 'x', 'o', 'y']);
const NO = new Set(['false', 'no', 'non', 'faux', '0', 'n']);

/** Names are the same whatever their case, accents and signs. @param {string} name */
export function plain(name) {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

/**
 * The place of the column that holds an attribute, or -1.
 * @param {string} path
 * @param {string[]} names what people call it
 * @param {string[]} header
 * @param {ReadonlySet<number>} taken
 */
export function columnFor(path, names, header, taken) {
  const last = path.split('.').at(-1) ?? path;
  for (const wanted of [path, ...names, last]) {
    const place = header.findIndex((name, at) => !taken.has(at) && plain(name) === plain(wanted));
    if (place >= 0) return place;
  }
  return -1;
}

/**
 * @param {string[]} cells
 * @param {{ type: string, values?: string[] }} attribute
 * @returns {any[] | Float64Array} `null` and NaN are unknown
 */
export function converted(cells, { type, values }) {
  if (type === 'number' || type === 'integer') return Float64Array.from(cells, numberIn);
  if (type === 'boolean')
    return cells.map((cell) =>
      YES.has(cell.trim().toLowerCase()) ? true : NO.has(cell.trim().toLowerCase()) ? false : null,
    );
  const known = new Map((values ?? []).map((value) => [plain(value), value]));
  const meant = (/** @type {string} */ text) => known.get(plain(text)) ?? text;
  if (type === 'list')
    return cells.map((cell) =>
      cell.trim() === ''
        ? null
        : cell
            .split(/[;,|]/)
            .map((item) => meant(item.trim()))
            .filter(Boolean),
    );
  if (type === 'date')
    return cells.map((cell) =>
      cell.trim() === ''
        ? null
        : cell
            .trim()
            .replace(
              /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
              (_, day, month, year) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
            ),
    );
  return cells.map((cell) => (cell.trim() === '' ? null : meant(cell.trim())));
}

/**
 * A column as the engine takes it: each text is understood once.
 * @param {import('./column.js').Column} column
 * @param {{ type: string, values?: string[] }} attribute
 * @returns {any[] | Float64Array}
 */
export function wholeColumn({ texts, places, length }, attribute) {
  const meant = converted(texts, attribute);
  const whole = meant instanceof Float64Array ? new Float64Array(length) : new Array(length);
  for (let row = 0; row < length; row++) whole[row] = meant[places[row]];
  return whole;
}

/** A number as people write it: `1 200,50 €`, `1,200.50`. @param {string} cell */
export function numberIn(cell) {
  const text = cell.replace(/[\s\u00a0\u202f€$£%]/g, '');
  if (text === '') return NaN;
  if (/^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^[-+]?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  return /^[-+]?\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : NaN;
}
