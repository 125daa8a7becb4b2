/**
 * The result of one lead, over the numbers that the engine left: each field is named and laid out when it is first read.
 * `src/pack.rs` writes what is read here.
 */

/** @typedef {import('../leadscore.js').Score} ScoreOfLead */
/** @typedef {import('../leadscore.js').PlainScore} PlainScore */
/** @typedef {import('./lead.js').Asked} Asked */
/** @typedef {[id: string, en: string | null, fr: string | null]} Because */

/**
 * What the places in a result are called.
 * @typedef {object} Names
 * @property {{ id: string, version: string | null }} model
 * @property {{ path: string[], type: string | null, whole: boolean }[]} facts
 * @property {{ path: string[], type: string | null, whole: boolean }[]} properties
 * @property {string[]} types
 * @property {string[]} dimensions
 * @property {[id: string, dimension: number][]} groups
 * @property {[id: string, group: number, table: number][]} rules
 * @property {string[][]} labels of each dimension, then of the total
 * @property {string[]} grades
 * @property {string[]} stages
 * @property {Because[]} exclusions
 * @property {Because[]} disqualifiers
 * @property {Because[]} overrides
 * @property {[id: string, queue: string | null, owner: string | null, action: string | null, en: string | null, fr: string | null][]} routes
 */

/**
 * What the engine tells of a lead when it is asked.
 * @typedef {object} Told
 * @property {readonly number[]} more
 * @property {PlainScore['reasons']} reasons
 * @property {PlainScore['counterfactuals']} counterfactuals
 */

/**
 * One lead that was scored, and the way to ask more about it.
 * @typedef {object} Scored
 * @property {Names} names
 * @property {Asked} asked
 * @property {readonly number[]} base
 * @property {<K extends keyof Told>(what: K) => Told[K]} tell
 * @property {readonly number[]} [more] once it was asked
 */

export const STATUSES = /** @type {const} */ (['scored', 'disqualified', 'excluded', 'insufficient_data']);
const ON = /** @type {const} */ (['group', 'dimension', 'total']);

/** How each field is read, in the order in which they are written. @type {{ [F in keyof Required<PlainScore>]: (lead: Scored) => PlainScore[F] }} */
const FIELDS = {
  model: ({ names }) => names.model,
  status: ({ base }) => STATUSES[base[1]],
  asOf: ({ asked }) => known(asked.asOf),
  value: ({ base }) => known(base[2]),
  raw: ({ base }) => known(base[3]),
  labels: ({ names, base }) => labelsAt(names, base, 12),
  grade: ({ names, base }) => names.grades[base[4]] ?? null,
  stage: ({ names, base }) => names.stages[base[5]] ?? null,

  route({ names, asked, base }) {
    const route = names.routes[base[8]];
    return route ? { id: route[0], queue: route[1], owner: route[2], action: route[3], text: inWords(asked, route[4], route[5]) } : null;
  },

  dimensions({ names, base }) {
    /** @type {PlainScore['dimensions']} */
    const told = {};
    let at = dimensionsIn(names);
    for (const id of names.dimensions) told[id] = { value: known(base[at++]), raw: known(base[at++]) };
    return told;
  },

  groups({ names, base }) {
    /** @type {PlainScore['groups']} */
    const told = {};
    let at = groupsIn(names);
    for (const group of names.groups) {
      told[group[0]] = { dimension: names.dimensions[group[1]], points: base[at++], value: known(base[at++]) };
    }
    return told;
  },

  contributions({ names: { rules, groups, dimensions }, names, base }) {
    /** @type {PlainScore['contributions']} */
    const told = [];
    const end = adjustmentsIn(names, base);
    for (let at = contributionsIn(names); at < end; at += 8) {
      const rule = rules[base[at]];
      const group = groups[rule[1]];
      told.push({
        rule: rule[0],
        group: group[0],
        dimension: dimensions[group[1]],
        count: base[at + 1],
        gross: base[at + 2],
        lost: { limit: base[at + 3], decay: base[at + 4], cap: base[at + 5] },
        points: base[at + 6],
        value: base[at + 7],
      });
    }
    return told;
  },

  adjustments: ({ names, base }) =>
    rows(base, adjustmentsIn(names, base), base[10], 3).map(([on, place, value]) => {
      const id = [names.groups[place]?.[0], names.dimensions[place], 'total'][on];
      return { on: ON[on], id, kind: value < 0 ? 'cap' : 'floor', value };
    }),

  coverage: (lead) => moreOf(lead)[1],
  missing: (lead) => rows(moreOf(lead), missingIn(lead.names), moreOf(lead)[10], 1).map(([slot]) => pathAt(lead.names, slot)),

  bounds(lead) {
    const [, , lowest, highest, exact] = moreOf(lead);
    return Number.isNaN(lowest) ? null : { lowest, highest, exact: exact === 1 };
  },

  validUntil: (lead) => known(moreOf(lead)[5]),

  next(lead) {
    const { names } = lead;
    const more = moreOf(lead);
    const [at, value, grade, stage] = more.slice(6);
    if (Number.isNaN(at)) return null;
    const labels = labelsAt(names, more, flagsEndIn(names));
    return { at, value: known(value), labels, grade: names.grades[grade] ?? null, stage: names.stages[stage] ?? null };
  },

  disqualifiers: (lead) => flagsAt(lead, lead.names.disqualifiers, 12 + lead.names.exclusions.length),
  exclusions: (lead) => flagsAt(lead, lead.names.exclusions, 12),

  overrides: ({ names, asked, base }) =>
    rows(base, adjustmentsIn(names, base) + 3 * base[10], base[11], 1).map(([place]) => {
      const [id, en, fr] = names.overrides[place];
      return { id, reason: inWords(asked, en, fr) };
    }),

  computed: ({ names, base }) => ({ grade: names.grades[base[6]] ?? null, stage: names.stages[base[7]] ?? null }),

  events({ base }) {
    const [given, counted, duplicate, future, withoutConsent, bot] = base.slice(-6);
    return { given, counted, duplicate, future, withoutConsent, bot };
  },

  warnings(lead) {
    const more = moreOf(lead);
    const told = rows(more, missingIn(lead.names) + more[10], more[11], 2);
    return told.map(([kind, place]) => ({ severity: 'warning', ...doubt(lead.names, kind, place), suggestion: null }));
  },

  folded(lead) {
    const more = moreOf(lead);
    const [events, lowest, highest] = more.slice(missingIn(lead.names) + more[10] + 2 * more[11]);
    return events === undefined ? undefined : { events, lowest: known(lowest), highest: known(highest) };
  },

  reasons: ({ tell }) => tell('reasons'),
  counterfactuals: ({ tell }) => tell('counterfactuals'),
};

class LazyScore {
  #lead;
  /** What was read before, by the place of the field. @type {unknown[]} */
  #known = [];

  /** @param {Scored} lead */
  constructor(lead) {
    this.#lead = lead;
  }

  static {
    Object.entries(FIELDS).forEach(([field, read], place) => {
      Object.defineProperty(this.prototype, field, {
        /** @this {LazyScore} */
        get() {
          if (!(place in this.#known)) this.#known[place] = read(this.#lead);
          return this.#known[place];
        },
      });
    });
  }

  /** @returns {PlainScore} */
  toJSON() {
    const told = Object.keys(FIELDS).map((field) => [field, /** @type {any} */ (this)[field]]);
    return Object.fromEntries(told.filter(([, value]) => value !== undefined));
  }

  /** What Node and its relatives print. */
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.toJSON();
  }
}

export const Score = /** @type {new (lead: Scored) => ScoreOfLead} */ (/** @type {unknown} */ (LazyScore));

// Where the parts begin whose places depend on the model, and on what contributed.

/** @param {Names} names */
function dimensionsIn({ dimensions }) {
  return 13 + dimensions.length;
}

/** @param {Names} names */
function groupsIn(names) {
  return dimensionsIn(names) + 2 * names.dimensions.length;
}

/** @param {Names} names */
function contributionsIn(names) {
  return groupsIn(names) + 2 * names.groups.length;
}

/** @param {Names} names @param {readonly number[]} base */
function adjustmentsIn(names, base) {
  return contributionsIn(names) + 8 * base[9];
}

/** @param {Names} names */
function flagsEndIn({ exclusions, disqualifiers }) {
  return 12 + exclusions.length + disqualifiers.length;
}

/** @param {Names} names */
function missingIn(names) {
  return flagsEndIn(names) + names.labels.length;
}

/**
 * Rows of numbers that lie one behind the other.
 * @param {readonly number[]} pack
 * @param {number} at
 * @param {number} count
 * @param {number} width
 */
function rows(pack, at, count, width) {
  return Array.from({ length: count }, (_, i) => pack.slice(at + i * width, at + (i + 1) * width));
}

/** @param {Scored} lead */
function moreOf(lead) {
  return (lead.more ??= lead.tell('more'));
}

/** @param {number} number NaN for none */
function known(number) {
  return Number.isNaN(number) ? null : number;
}

/**
 * @param {Names} names
 * @param {readonly number[]} pack
 * @param {number} at
 */
function labelsAt({ dimensions, labels }, pack, at) {
  /** @type {Record<string, string | null>} */
  const told = {};
  labels.forEach((some, axis) => {
    if (some.length > 0) told[dimensions[axis] ?? 'total'] = some[pack[at + axis]] ?? null;
  });
  return told;
}

/**
 * Of flags those that are true, or that cannot be decided.
 * @param {Scored} lead
 * @param {readonly Because[]} flags
 * @param {number} at
 */
function flagsAt(lead, flags, at) {
  const answers = moreOf(lead).slice(at);
  const told = flags.map(([id, en, fr], i) => ({ id, answer: answers[i] === 2 || null, reason: inWords(lead.asked, en, fr) }));
  return told.filter((_, i) => answers[i] > 0);
}

/**
 * A text in the language asked for.
 * @param {Asked} asked
 * @param {string | null} en
 * @param {string | null} fr
 */
function inWords({ lang }, en, fr) {
  return lang === 'fr' ? fr : en;
}

/**
 * @param {Names} names
 * @param {number} kind
 * @param {number} place
 */
function doubt(names, kind, place) {
  if (kind === 0) {
    const message = `expected type \`${names.facts[place].type}\`, as declared`;
    return { code: 'unexpected-type', path: `facts.${pathAt(names, place)}`, message };
  }
  if (kind === 1) {
    const [id, , table] = names.rules[place];
    const message = `expected a value in one of the bands of rule \`${id}\``;
    return { code: 'out-of-range', path: `facts.${pathAt(names, table)}`, message };
  }
  const message = `too many events to look further ahead than ${new Date(place).toISOString()}`;
  return { code: 'too-large', path: 'events', message };
}

/** @param {Names} names @param {number} slot */
function pathAt({ facts }, slot) {
  return facts[slot].path.join('.');
}
