/**
 * Leads for the model, the same from the same seed: some attributes absent, some null, texts that come
 * back (a country) and texts that never do (an address). As a file and as JSON they read alike.
 */

/** @typedef {import('../contender.js').Lead} Lead */
/** @typedef {{ type: 'number' | 'boolean' | 'text' | 'list', missing: 'never' | 'absent' | 'null' }} Field */

/**
 * The attributes that the model reads, what they hold, and how they are missing.
 * @type {Record<string, Field>}
 */
export const fields = Object.fromEntries(
  [
    ['site.country', 'text'],
    ['site.sector', 'text'],
    ['site.roofArea', 'number', 'null'],
    ['site.consumption', 'number', 'absent'],
    ['site.owned', 'boolean'],
    ['site.equipment', 'list'],
    ['site.employees', 'number'],
    ['contact.level', 'text'],
    ['contact.title', 'text', 'null'],
    ['contact.email', 'text'],
    ['contact.team', 'text'],
    ['project.budget', 'number', 'null'],
    ['project.start', 'text', 'absent'],
    ['project.deciders', 'number'],
    ['project.financing', 'text'],
    ['origin.channel', 'text'],
    ['origin.campaign', 'text', 'absent'],
    ['origin.medium', 'text'],
    ['origin.referrer', 'text'],
    ['visits', 'number'],
    ['pages', 'number'],
    ['opens', 'number'],
    ['clicks', 'number'],
    ['downloads', 'number'],
    ['callMinutes', 'number'],
    ['daysSinceFirst', 'number'],
    ['daysSinceLast', 'number'],
    ['askedQuote', 'boolean'],
    ['calledBack', 'boolean'],
    ['optedOut', 'boolean'],
    ['tags', 'list'],
  ].map(([path, type, missing = 'never']) => [path, /** @type {Field} */ ({ type, missing })]),
);

const WORDS = {
  country: ['FR', 'BE', 'LU', 'CH', 'DE', 'NL', 'AT', 'ES', 'PT', 'IT', 'PL', 'GB', 'SE', 'US', 'MA', 'TN'],
  sector: ['logistics', 'food', 'retail', 'manufacturing', 'cold-storage', 'farming', 'offices', 'school', 'hotel', 'clinic', 'printing', 'broker', 'solar', 'crypto-mining', 'museum'],
  equipment: ['flat-roof', 'steel-roof', 'tile-roof', 'asbestos', 'transformer', 'charging-points', 'heat-pump', 'battery', 'crane', 'cold-room'],
  level: ['owner', 'director', 'manager', 'specialist', 'assistant', 'trainee'],
  title: ['Head of', 'Director of', 'Manager,', 'Senior Buyer,', 'Trainee,', 'Student,', 'Assistant,', 'Group'],
  work: ['Energy', 'Facility Management', 'Sustainability', 'Finance', 'Purchasing', 'Production', 'Logistics', 'Communication'],
  team: ['facilities', 'operations', 'finance', 'purchasing', 'communication', 'people'],
  mail: ['gmail.com', 'orange.fr', 'web.de'],
  start: ['now', 'this-quarter', 'this-year', 'next-year', 'never'],
  financing: ['own-funds', 'loan-agreed', 'loan-asked', 'lease', 'open'],
  channel: ['customer', 'partner', 'installer', 'fair', 'webinar', 'search', 'social', 'press', 'bought-list', 'cold-call'],
  campaign: ['solar-roof-2026', 'solar-farms', 'energy-prices', 'newsletter-12', 'fair-lyon', 'retargeting', 'solar-schools'],
  medium: ['cpc', 'email', 'organic', 'social', 'print'],
  referrer: ['https://www.roofs-compared.example/offers/', 'https://blog.example/solar-test-', 'https://search.example/?q=', 'https://news.example/a/', 'https://fair.example/stand/'],
  tag: ['price-hunter', 'competitor', 'key-account', 'school', 'subsidy', 'second-site', 'reactivated', 'spring'],
};

/**
 * @param {number} count
 * @param {number} [seed] a whole number from 1
 * @returns {Lead[]}
 */
export function leads(count, seed = 1) {
  const random = dice(seed);
  const chance = (/** @type {number} */ share) => random() < share;
  const upTo = (/** @type {number} */ most) => Math.floor(random() * (most + 1));
  /** Small values often, large ones seldom. */
  const skewed = (/** @type {number} */ most) => Math.floor(Math.exp(random() * Math.log(most)));
  const one = (/** @type {string[]} */ words) => words[upTo(words.length - 1)];
  const some = (/** @type {string[]} */ words, /** @type {number} */ most) => [...new Set(Array.from({ length: upTo(most) }, () => one(words)))];

  const lead = (/** @type {number} */ i) => {
    const domain = chance(0.2) ? one(WORDS.mail) : `site-${upTo(99999)}.example`;
    return {
      id: `lead-${i}`,
      site: {
        name: `Site ${upTo(99999)}`,
        country: one(WORDS.country),
        sector: one(WORDS.sector),
        roofArea: chance(0.15) ? null : skewed(40000),
        consumption: chance(0.3) ? undefined : skewed(60000),
        owned: chance(0.6),
        equipment: some(WORDS.equipment, 4),
        employees: skewed(3000),
      },
      contact: {
        level: one(WORDS.level),
        title: chance(0.1) ? null : `${one(WORDS.title)} ${one(WORDS.work)}`,
        email: `contact${chance(0.05) ? '+test' : ''}.${upTo(99999)}@${domain}`,
        team: one(WORDS.team),
      },
      project: {
        budget: chance(0.3) ? null : upTo(400) * 1000,
        start: chance(0.2) ? undefined : one(WORDS.start),
        deciders: upTo(7),
        financing: one(WORDS.financing),
      },
      origin: {
        channel: one(WORDS.channel),
        campaign: chance(0.4) ? undefined : one(WORDS.campaign),
        medium: one(WORDS.medium),
        referrer: one(WORDS.referrer) + upTo(999999),
      },
      visits: upTo(9),
      pages: skewed(60),
      opens: upTo(12),
      clicks: upTo(5),
      downloads: upTo(2),
      callMinutes: chance(0.5) ? 0 : upTo(45),
      daysSinceFirst: upTo(150),
      daysSinceLast: upTo(120),
      askedQuote: chance(0.2),
      calledBack: chance(0.3),
      optedOut: chance(0.06),
      tags: some(WORDS.tag, 3),
    };
  };
  // Through JSON: `undefined` becomes absent, and objects have the shapes that a parser gives them.
  return JSON.parse(JSON.stringify(Array.from({ length: count }, (_, i) => lead(i))));
}

/**
 * The same leads, attribute by attribute.
 * @param {Lead[]} leads
 * @returns {import('../contender.js').Columns}
 */
export function columns(leads) {
  const cols = Object.fromEntries(
    Object.entries(fields).map(([path, { type }]) => {
      const values = leads.map((lead) => path.split('.').reduce((/** @type {any} */ value, key) => value?.[key], lead) ?? null);
      if (type === 'number') return [path, Float64Array.from(values, (value) => value ?? NaN)];
      if (type === 'boolean') return [path, Uint8Array.from(values, Number)];
      return [path, values];
    }),
  );
  return { length: leads.length, cols };
}

/**
 * Numbers from 0 to 1 that look like chance (xorshift, 32 bits).
 * @param {number} seed
 */
function dice(seed) {
  let state = Math.imul(seed, 0x9e3779b1); // small seeds would begin with small numbers
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
