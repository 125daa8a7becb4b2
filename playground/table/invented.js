/** Made-up leads for a model, as the CSV file that a CRM would give: always the same for the same model. */

const [ROWS, KNOWN] = [2_000, 0.8];
const FIRST = [
  'Ada',
  'Bruno',
  'Chloé',
  'Dario',
  'Emma',
  'Farid',
  'Greta',
  'Hugo',
  'Inès',
  'Jonas',
  'Karim',
  'Léa',
  'Marek',
  'Nora',
  'Oscar',
  'Paula',
];
const LAST = [
  'Alba',
  'Bernard',
  'Costa',
  'Durand',
  'Evans',
  'Fischer',
  'Garnier',
  'Haddad',
  'Ivanov',
  'Janssen',
  'Keller',
  'Lambert',
  'Moreau',
  'Novak',
];

/** @param {import('../state.js').Model} model */
export function inventedLeads(model) {
  let seed = 42;
  const chance = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const one = (/** @type {string[]} */ list) => list[Math.floor(chance() * list.length)];
  const attributes = Object.entries(/** @type {Record<string, any>} */ (model.attributes ?? {}));
  const cell = (/** @type {any} */ { type, values, min = 0, max }) => {
    if (chance() > KNOWN) return '';
    if (type === 'boolean') return chance() < 0.8 ? '' : chance() < 0.5 ? 'yes' : 'no'; // it mostly speaks of exceptions
    if (type === 'list') return (values ?? ['a', 'b']).filter(() => chance() < 0.35).join(';');
    if (type === 'date')
      return new Date(Date.UTC(2026, 0, 1) + Math.floor(chance() * 365) * 86_400_000).toISOString().slice(0, 10);
    if (type === 'text') return values ? one(values) : one(LAST);
    const span = Math.min(max ?? (min < 100 ? 50_000 : min * 100), 1e6) - min; // sizes spread over orders of magnitude
    return String(Math.round(min + span ** chance()));
  };
  const rows = Array.from({ length: ROWS }, () =>
    [`"${one(FIRST)} ${one(LAST)}"`, ...attributes.map(([, attribute]) => cell(attribute))].join(','),
  );
  return [['name', ...attributes.map(([path]) => path)].join(','), ...rows].join('\n');
}
