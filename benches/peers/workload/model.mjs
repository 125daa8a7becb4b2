/**
 * The model of the comparison: 41 rules on 31 attributes, as a supplier of solar roofs for companies
 * might write them. It asks all that leads are usually asked: listed texts, parts of texts, ranges,
 * lists that share an element, and conditions nested three deep with `not` in them.
 */

/** @typedef {import('../contender.js').Condition} Condition */
/** @typedef {import('../contender.js').Leaf} Leaf */
/** @typedef {[id: string, points: number, when: Condition]} Rule */

/** @type {(field: string, value: string | boolean) => Leaf} */
const is = (field, value) => ({ field, op: 'eq', value });
/** @type {(field: string, ...value: string[]) => Leaf} */
const oneOf = (field, ...value) => ({ field, op: 'in', value });
/** @type {(field: string, value: number) => Leaf} */
const from = (field, value) => ({ field, op: 'gte', value });
/** @type {(field: string, value: number) => Leaf} */
const above = (field, value) => ({ field, op: 'gt', value });
/** @type {(field: string, value: number) => Leaf} */
const upTo = (field, value) => ({ field, op: 'lte', value });
/** @type {(field: string, value: number) => Leaf} */
const below = (field, value) => ({ field, op: 'lt', value });
/** @type {(field: string, low: number, high: number) => Leaf} */
const between = (field, low, high) => ({ field, op: 'between', value: [low, high] });
/** @type {(field: string, ...value: string[]) => Leaf} */
const shares = (field, ...value) => ({ field, op: 'anyOf', value });
/** @type {(field: string, value: string) => Leaf} */
const contains = (field, value) => ({ field, op: 'contains', value });
/** @type {(field: string, value: string) => Leaf} */
const starts = (field, value) => ({ field, op: 'startsWith', value });
/** @type {(field: string, value: string) => Leaf} */
const ends = (field, value) => ({ field, op: 'endsWith', value });
/** @type {(...all: Condition[]) => Condition} */
const all = (...all) => ({ all });
/** @type {(...any: Condition[]) => Condition} */
const any = (...any) => ({ any });
/** @type {(not: Condition) => Condition} */
const not = (not) => ({ not });

const served = oneOf('site.country', 'FR', 'BE', 'LU', 'CH', 'DE', 'NL', 'AT', 'ES', 'PT');

/** @type {Record<string, { cap: number, rules: Rule[] }>} */
const groups = {
  premises: {
    cap: 25,
    rules: [
      ['good-sector', 6, oneOf('site.sector', 'logistics', 'food', 'retail', 'manufacturing', 'cold-storage', 'farming')],
      ['no-sector', -12, oneOf('site.sector', 'broker', 'solar', 'crypto-mining')],
      ['roof-middle', 5, between('site.roofArea', 400, 1999)],
      ['roof-large', 9, between('site.roofArea', 2000, 25000)],
      ['uses-much', 6.5, all(from('site.consumption', 120), below('site.consumption', 40000))],
      ['served', 3, served],
      ['owns-it', 4, is('site.owned', true)],
      ['ready-for-it', 2.5, shares('site.equipment', 'flat-roof', 'steel-roof', 'transformer', 'charging-points')],
      ['too-small', -7, all(not(served), below('site.employees', 15))],
    ],
  },
  person: {
    cap: 20,
    rules: [
      ['decides', 9, is('contact.level', 'owner')],
      ['prepares', 6, oneOf('contact.level', 'director', 'manager')],
      ['energy-title', 5, any(contains('contact.title', 'Energy'), contains('contact.title', 'Facility'), contains('contact.title', 'Sustainab'))],
      ['trainee', -10, any(contains('contact.title', 'Trainee'), contains('contact.title', 'Student'))],
      ['private-mail', -4, any(ends('contact.email', '@gmail.com'), ends('contact.email', '@orange.fr'), ends('contact.email', '@web.de'))],
      ['head', 3, starts('contact.title', 'Head of')],
      ['buyer', 4.5, all(oneOf('contact.level', 'owner', 'director'), any(is('contact.team', 'purchasing'), is('contact.team', 'finance')), not(contains('contact.email', '+')))],
      ['team', 3, oneOf('contact.team', 'facilities', 'operations', 'finance')],
    ],
  },
  project: {
    cap: 20,
    rules: [
      ['budget-large', 8, from('project.budget', 150000)],
      ['budget-some', 4, between('project.budget', 30000, 149999)],
      ['few-deciders', 3, between('project.deciders', 1, 3)],
      ['financed', 5, oneOf('project.financing', 'own-funds', 'loan-agreed')],
      ['wants-lease', -2, is('project.financing', 'lease')],
      ['hopeless', -9, shares('tags', 'price-hunter', 'competitor')],
      ['asked-quote', 9, is('askedQuote', true)],
    ],
  },
  origin: {
    cap: 10,
    rules: [
      ['recommended', 8, oneOf('origin.channel', 'customer', 'partner', 'installer')],
      ['met', 5, oneOf('origin.channel', 'fair', 'webinar')],
      ['solar-search', 3.5, all(is('origin.medium', 'cpc'), starts('origin.campaign', 'solar-'))],
      ['comparison-site', 4, any(starts('origin.referrer', 'https://www.roofs-compared.example/'), contains('origin.referrer', 'solar-test'))],
      ['bought-address', -6, is('origin.channel', 'bought-list')],
    ],
  },
  interest: {
    cap: 15,
    rules: [
      ['pages-some', 2, from('pages', 8)],
      ['pages-many', 3, from('pages', 25)],
      ['came-back', 2.5, from('visits', 3)],
      ['reads-mail', 2, between('opens', 3, 80)],
      ['clicks', 3, from('clicks', 2)],
      ['informed', 4, all(from('downloads', 1), from('callMinutes', 10))],
      ['engaged', 3, any(all(from('opens', 6), from('clicks', 1)), all(from('pages', 15), from('visits', 4)))],
      ['opted-out', -10, is('optedOut', true)],
    ],
  },
  timing: {
    cap: 10,
    rules: [
      ['starts-now', 7, oneOf('project.start', 'now', 'this-quarter')],
      ['active', 3, upTo('daysSinceLast', 7)],
      ['silent', -5, above('daysSinceLast', 75)],
      ['fresh', 3, all(not(is('project.start', 'never')), any(upTo('daysSinceFirst', 14), is('calledBack', true)), not(is('optedOut', true)))],
    ],
  },
};

/** @type {import('../contender.js').Model} */
export const model = {
  id: 'solar-roofs',
  groups: Object.entries(groups).map(([id, { cap }]) => ({ id, cap })),
  rules: Object.entries(groups).flatMap(([group, { rules }]) => rules.map(([id, points, when]) => ({ id, group, points, when }))),
  normaliseTo: 100,
  thresholds: [
    { min: 60, label: 'hot' },
    { min: 40, label: 'warm' },
    { min: 20, label: 'cool' },
    { min: 0, label: 'cold' },
  ],
};
