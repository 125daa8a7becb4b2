/**
 * From a form to a lead: facts, what the visitor is said to have done and how far that is believed, what is doubtful about it, and the
 * score. It answers nobody and stores nothing; what counts only once is asked of the outbox.
 */
import { cookieOf } from './cookies.js';
import { filledFor } from './doubt.js';
import { added, claimOf, engagementOf, isWithdrawal } from './engagement.js';
import { emailOf } from './facts/email.js';
import { factsOf, get, put, set, unset } from './facts/facts.js';
import { checked } from './human.js';
import { Refusal } from './refusal.js';
import { scoreOf } from './scoring.js';
import { seenSince } from './seen.js';
import { spending as spendingTicket, ticketOf } from './ticket.js';
import { next, spending as spendingWay, wayCookie, wayOf } from './way.js';

/** @typedef {import('../edge.js').Lead} Lead */
/** @typedef {import('../leadscore.js').Facts} Facts */
/** @typedef {import('../leadscore.js').LeadEvent} LeadEvent */
/** @typedef {import('./form.js').Fields} Fields */
/** @typedef {import('./keys.js').Keys} Keys */
/** @typedef {import('./options.js').Options} Options */
/**
 * @typedef {object} Reading
 * @property {Lead} lead
 * @property {LeadEvent[]} events
 * @property {import('../edge.js').Known} known
 * @property {string | null} cookie the visitor's next token
 * @property {string | null} withdrawn the visitor whose log says that everything is taken back
 */

/** Fields of other services, which are about the form and not about the lead; so are all that begin with `_`. */
const CONTROL = new Set(['form-name', 'access_key', 'retURL', 'redirect_url', 'cf-turnstile-response']);

export class Reader {
  #options;
  #keys;
  #sites;

  /** @param {Options} options @param {Keys} keys @param {string[]} sites */
  constructor(options, keys, sites) {
    this.#options = options;
    this.#keys = keys;
    this.#sites = sites;
  }

  /** @param {Request} request @param {Fields} fields @returns {Promise<Reading>} */
  async read(request, fields) {
    const { map, attributes, cookies, required, now: clock, log, human, humanTimeout } = this.#options;
    const now = clock();
    const id = idOf(fields);
    const given = this.#given(fields);
    const { facts, fieldOf } = factsOf(given, { map, attributes });
    check(facts, fieldOf, given, required);

    const header = request.headers.get('cookie');
    for (const [name, path] of Object.entries(cookies)) {
      const value = cookieOf(header, name);
      if (value && value.length <= 500) put(facts, path, value);
    }
    const page = pageOf(request, this.#sites);
    if (page) put(facts, 'source.page', page);

    const print = await printOf(given);
    const claim = claimOf(fields.get(log.field)?.[0], { now, site: log.site });
    const address = request.headers.get('cf-connecting-ip');
    const [since, seen, person, verdict] = await Promise.all([
      seenSince(this.#keys, header, now),
      this.#seen(header, fields, claim, { print, now }),
      this.person(get(facts, 'contact.email')),
      human && checked(human, fields.get(human.field)?.[0], { address, print, timeout: humanTimeout }),
    ]);
    const { way, ticket, withdrawn, visitors } = seen;
    const believed = withdrawn ? { visitor: null, events: [], clamps: added([], { withdrawn: 1 }) } : claim;
    const engagement = engagementOf(believed, { since, way: seen.isFresh ? way : null, human: verdict === 'passed' });
    const clamps = added(engagement.clamps, { replayed: Number(way !== null && !seen.isFresh) });
    const doubts = this.#doubts(verdict, ticket, filledFor(typeof ticket === 'object' ? ticket : null, believed.events, now));

    this.#tell(facts, engagement.trust, doubts);
    const score = this.scored(facts, engagement.events, now);
    const visitor = withdrawn ? '' : (visitors[0] ?? '');
    return {
      lead: { id, at: now, facts, score, trust: engagement.trust, clamps, doubts },
      events: engagement.events,
      known: { print, person: person[0] ?? '', visitor },
      cookie: way && seen.isFresh ? await wayCookie(this.#keys, next(way)) : null,
      withdrawn: isWithdrawal(claim) ? claim.visitor : null,
    };
  }

  /** What is there of a visitor's cookies and tokens, and which of it counts. @param {string | null} header @param {Fields} fields @param {import('./engagement.js').Claim} claim @param {{ print: string, now: number }} known */
  async #seen(header, fields, claim, { print, now }) {
    const token = fields.get('_token')?.[0];
    const [way, ticket, visitors] = await Promise.all([
      wayOf(this.#keys, header, now),
      token ? ticketOf(this.#keys, token, now) : null,
      claim.visitor === null ? [] : this.visitors(claim.visitor),
    ]);
    const tokens = [...(way ? [spendingWay(way, print)] : []), ...(ticket && typeof ticket === 'object' ? [spendingTicket(ticket, print)] : [])];
    const asked = tokens.length > 0 || visitors.length > 0;
    const { fresh, withdrawn } = asked ? await this.#options.outbox.admit(tokens, visitors) : { fresh: [], withdrawn: false };
    const isFresh = way !== null && fresh[0];
    const isReplayed = ticket !== null && typeof ticket === 'object' && !fresh[fresh.length - 1];
    return { way, isFresh, ticket: isReplayed ? /** @type {const} */ ('replayed-token') : ticket, visitors, withdrawn: withdrawn || isWithdrawal(claim) };
  }

  /**
   * @param {Awaited<ReturnType<typeof checked>> | null} verdict
   * @param {import('./ticket.js').Ticket | 'forged-token' | 'expired-token' | 'replayed-token' | null} ticket
   * @param {number | null} filled
   */
  #doubts(verdict, ticket, filled) {
    const { formToken, fillTime } = this.#options;
    /** @type {Lead['doubts']} */
    const doubts = [];
    if (typeof ticket === 'string') doubts.push(ticket);
    if (ticket === null && formToken) doubts.push('no-token');
    if (filled !== null && filled < fillTime * 1000) doubts.push('too-fast');
    if (verdict && verdict !== 'passed') doubts.push(verdict);
    return doubts;
  }

  /** What nobody but the edge may say. @param {Facts} facts @param {Lead['trust']} trust @param {Lead['doubts']} doubts */
  #tell(facts, trust, doubts) {
    set(facts, 'trust', trust);
    if (doubts.length > 0) set(facts, 'doubts', doubts);
    else unset(facts, 'doubts');
  }

  /** The lead with facts that became known later. @param {Lead} lead @param {Facts} facts @param {LeadEvent[]} events @returns {Lead} */
  amended(lead, facts, events) {
    this.#tell(facts, lead.trust, lead.doubts);
    return { ...lead, amendedAt: this.#options.now(), facts, score: this.scored(facts, events, lead.at) };
  }

  /** The lead without anything that the visitor has taken back: what they did, and what cookies knew. @param {Lead} lead @returns {Lead} */
  withoutVisitor(lead) {
    const facts = structuredClone(lead.facts);
    for (const path of Object.values(this.#options.cookies)) unset(facts, path);
    const trust = lead.trust === 'human' ? 'human' : 'none';
    return this.amended({ ...lead, trust, clamps: added([], { withdrawn: 1 }) }, facts, []);
  }

  /** @param {Facts} facts @param {LeadEvent[]} events @param {number} asOf */
  scored(facts, events, asOf) {
    const { model, lang, tell } = this.#options;
    const score = scoreOf(model, facts, { events, asOf, lang });
    if (score.status === 'not_scored') tell({ event: 'not-scored' });
    return score;
  }

  /** Keyed hashes of an address, that of the new secret first. @param {string | undefined} email */
  async person(email) {
    return email ? this.#keys.signatures('person', (emailOf(email) ?? email.trim()).toLowerCase()) : [];
  }

  /** The same of a tracker's visitor. @param {string} visitor */
  visitors(visitor) {
    return this.#keys.signatures('visitor', visitor);
  }

  /** What is about the lead. @param {Fields} fields @returns {Fields} */
  #given(fields) {
    const { honeypots, log, human } = this.#options;
    const own = new Set([...honeypots, log.field, ...(human ? [human.field] : [])]);
    return new Map([...fields].filter(([name]) => !name.startsWith('_') && !CONTROL.has(name) && !own.has(name)));
  }
}

/**
 * @param {Facts} facts
 * @param {Map<string, string>} fieldOf
 * @param {Fields} given
 * @param {readonly string[]} required
 */
function check(facts, fieldOf, given, required) {
  /** @type {Record<string, string>} */
  const errors = {};
  const entered = fieldOf.get('contact.email');
  if (entered && get(facts, 'contact.email') === undefined) errors[entered] = 'expected an e-mail address';
  for (const path of required) {
    const field = fieldOf.get(path) ?? path.slice(path.lastIndexOf('.') + 1);
    if (get(facts, path) === undefined) errors[field] ??= 'expected a value';
  }
  for (const [name, texts] of given) if (texts.some((text) => text.length > 20_000)) errors[name] = 'expected at most 20000 letters';
  if (Object.keys(errors).length > 0) throw new Refusal(422, 'invalid-fields', 'expected other values in some fields', errors);
}

/** The page that the form is on, without what is behind a question mark. @param {Request} request @param {string[]} sites */
function pageOf(request, sites) {
  const referrer = request.headers.get('referer') ?? '';
  const { origin, pathname } = URL.canParse(referrer) ? new URL(referrer) : { origin: '', pathname: '' };
  return sites.includes(origin) && pathname.length <= 500 ? origin + pathname : null;
}

/** The id that the page gave the lead, so that sending it again is no other lead. @param {Fields} fields */
function idOf(fields) {
  const id = fields.get('_id')?.[0];
  if (!id) return crypto.randomUUID();
  if (/^[\w-]{8,64}$/.test(id)) return id;
  throw new Refusal(400, 'invalid-id', 'expected 8 to 64 letters, digits, `_` or `-` in `_id`');
}

/** A hash of all that was entered, whatever the order of the fields. @param {Fields} fields */
async function printOf(fields) {
  const text = JSON.stringify([...fields].sort(([a], [b]) => (a < b ? -1 : 1)));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
