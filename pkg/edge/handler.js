/**
 * From a request to an answer: the form is read, made into facts, scored and stored, in this order, and only then is the visitor
 * thanked. What a lead scores changes nothing about that. Who delivers it, and when, is the affair of the outbox.
 */
import { LeadscoreError } from '../src/error.js';
import { adminAnswer } from './admin.js';
import { engagementOf } from './engagement.js';
import { Enrichment } from './enrichment.js';
import { emailOf } from './facts/email.js';
import { factsOf, get, put, set } from './facts/facts.js';
import { readForm } from './form.js';
import { Keys } from './keys.js';
import { checkOrigin, corsHeaders, nextPage, originsOf } from './origin.js';
import { Refusal } from './refusal.js';
import { scoreOf } from './scoring.js';
import { cookieOf, seenCookie, seenSince } from './seen.js';

/** @typedef {import('../edge.js').LeadHandlerOptions} Options */
/** @typedef {import('./form.js').Fields} Fields */
/** @typedef {import('../leadscore.js').Facts} Facts */
/** What a host lets go on after the answer. @typedef {{ waitUntil?: (work: Promise<unknown>) => void }} Context */

/** Fields of other services, which are about the form and not about the lead; so are all that begin with `_`. */
const CONTROL = new Set(['form-name', 'access_key', 'retURL', 'redirect_url', 'cf-turnstile-response']);

const SECOND = 1000;

const ADMIN = '/admin/outbox';

export class LeadHandler {
  #options;
  #sites;
  #keys;
  #log;
  #enrichment;

  /** @param {Options} options */
  constructor(options) {
    this.#sites = originsOf(options.sites);
    const host = new URL(this.#sites[0]).hostname;
    this.#keys = new Keys(options.secret, host);
    const { adminToken } = options;
    if (adminToken != null && (typeof adminToken !== 'string' || adminToken.length < 32)) {
      throw new LeadscoreError('invalid-token', 'adminToken', 'expected a token of at least 32 letters');
    }
    this.#log = { field: 'lead_log', site: host, ...options.log };
    this.#options = {
      lang: null,
      map: {},
      attributes: {},
      required: ['contact.email'],
      cookies: {},
      thanks: '/',
      honeypots: ['_gotcha', 'bot-field'],
      now: Date.now,
      tell: /** @type {NonNullable<Options['tell']>} */ (() => {}),
      ...options,
    };
    const { enrich, enrichTimeout = 3000 } = options;
    this.#enrichment = enrich ? new Enrichment(enrich, enrichTimeout, this.#options.now) : null;
  }

  /** @param {Request} request @param {Context} [context] */
  async fetch(request, context) {
    try {
      return await this.#answer(request, context);
    } catch (thrown) {
      if (thrown instanceof Refusal) return this.#refused(request, thrown);
      this.#options.tell({ event: 'failed', code: thrown instanceof Error ? thrown.name : 'unknown' });
      return this.#refused(request, new Refusal(503, 'not-stored', 'expected to store this, and could not; it can be sent again'));
    }
  }

  /** @param {string} email */
  async forget(email) {
    return this.#options.outbox.forget(await this.#persons(email));
  }

  /** @param {Request} request @param {Context} [context] */
  async #answer(request, context) {
    const { adminToken, outbox } = this.#options;
    if (adminToken && new URL(request.url).pathname.endsWith(ADMIN)) {
      return adminAnswer(request, { token: adminToken, keys: this.#keys, outbox, forget: (email) => this.forget(email) });
    }
    switch (request.method) {
      case 'POST':
        return this.#submitted(request, context);
      case 'GET':
      case 'HEAD':
        return this.#seen(request);
      case 'OPTIONS':
        return this.#preflight(request);
    }
    throw new Refusal(405, 'unknown-method', 'expected POST');
  }

  /** A page asks for this, once there is consent, so that the edge knows since when. @param {Request} request */
  async #seen(request) {
    const now = this.#options.now();
    const known = await seenSince(this.#keys, request.headers.get('cookie'), now);
    const headers = new Headers({ ...corsHeaders(request, this.#sites), 'cache-control': 'no-store' });
    if (known === null) headers.set('set-cookie', await seenCookie(this.#keys, now));
    return new Response(null, { status: 204, headers });
  }

  /** @param {Request} request */
  #preflight(request) {
    checkOrigin(request, this.#sites);
    const headers = {
      ...corsHeaders(request, this.#sites),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, accept, x-requested-with',
      'access-control-max-age': '86400',
    };
    return new Response(null, { status: 204, headers });
  }

  /** @param {Request} request @param {Context} [context] */
  async #submitted(request, context) {
    const options = this.#options;
    checkOrigin(request, this.#sites);
    if (await options.limited?.(request)) throw new Refusal(429, 'too-many', 'expected fewer forms in so short a time');

    const fields = await readForm(request);
    const next = nextPage(fields, request, this.#sites, options.thanks);
    if (options.honeypots.some((name) => fields.get(name)?.some((text) => text !== ''))) {
      // Who fills in what nobody sees is thanked like everybody, and learns nothing.
      options.tell({ event: 'honeypot' });
      return this.#thanks(request, next, crypto.randomUUID(), null);
    }
    const { lead, events, known } = await this.#read(request, fields);
    const enrichment = this.#enrichment?.resting ? null : this.#enrichment;
    const wait = enrichment ? enrichment.timeout + SECOND : 0;
    const { id, fresh } = await options.outbox.put(lead, { ...known, ...(wait > 0 && { wait }) });
    if (enrichment && fresh) {
      const enriched = this.#enriched(enrichment, { ...lead, id }, events);
      context?.waitUntil?.(enriched);
    }
    return this.#thanks(request, next, id, lead.score);
  }

  /** @param {Request} request @param {Fields} fields */
  async #read(request, fields) {
    const { map, attributes, cookies, required, honeypots, now: clock } = this.#options;
    const now = clock();
    const id = idOf(fields);
    const given = new Map([...fields].filter(([name]) => !isControl(name) && name !== this.#log.field && !honeypots.includes(name)));
    const { facts, fieldOf } = factsOf(given, { map, attributes });
    this.#check(facts, fieldOf, given, required);

    const cookie = request.headers.get('cookie');
    for (const [name, path] of Object.entries(cookies)) {
      const value = cookieOf(cookie, name);
      if (value && value.length <= 500) put(facts, path, value);
    }
    const page = pageOf(request, this.#sites);
    if (page) put(facts, 'source.page', page);
    const since = await seenSince(this.#keys, cookie, now);
    const { trust, clamps, events } = engagementOf(fields.get(this.#log.field)?.[0], { now, site: this.#log.site, since });
    set(facts, 'trust', trust);

    const score = this.#scored(facts, events, now);
    const email = get(facts, 'contact.email');
    const [person] = email ? await this.#persons(email) : [''];
    return { lead: { id, at: now, facts, score, trust, clamps }, events, known: { print: await printOf(given), person } };
  }

  /** @param {Facts} facts @param {import('../leadscore.js').LeadEvent[]} events @param {number} asOf */
  #scored(facts, events, asOf) {
    const { model, lang, tell } = this.#options;
    const score = scoreOf(model, facts, { events, asOf, lang });
    if (score.status === 'not_scored') tell({ event: 'not-scored' });
    return score;
  }

  /**
   * Scores the lead anew with what somebody else knows. Nothing waits for this, and nothing of it may fail.
   * @param {Enrichment} enrichment
   * @param {import('../edge.js').Lead} lead
   * @param {import('../leadscore.js').LeadEvent[]} events
   */
  async #enriched(enrichment, lead, events) {
    const facts = await enrichment.of(lead.facts);
    if (facts) set(facts, 'trust', lead.trust);
    else this.#options.tell({ event: 'not-enriched', lead: lead.id });
    const known = facts ? { ...lead, facts, score: this.#scored(facts, events, lead.at) } : lead;
    await this.#options.outbox.amend(known).catch(() => this.#options.tell({ event: 'not-amended', lead: lead.id }));
  }

  /**
   * @param {Facts} facts
   * @param {Map<string, string>} fieldOf
   * @param {Fields} given
   * @param {readonly string[]} required
   */
  #check(facts, fieldOf, given, required) {
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

  /** Keyed hashes of an address, that of the new secret first. @param {string} email */
  #persons(email) {
    return this.#keys.signatures('person', (emailOf(email) ?? email.trim()).toLowerCase());
  }

  /**
   * @param {Request} request
   * @param {string} next
   * @param {string} id
   * @param {import('../edge.js').LeadScore | null} score
   */
  #thanks(request, next, id, score) {
    const headers = { ...corsHeaders(request, this.#sites), 'cache-control': 'no-store' };
    if (!wantsJson(request)) return new Response(null, { status: 303, headers: { ...headers, location: next } });
    const revealed = score && this.#options.reveal?.(score);
    return Response.json({ ok: true, id, ...(revealed !== undefined && revealed !== null && { score: revealed }) }, { status: 202, headers });
  }

  /** @param {Request} request @param {Refusal} refusal */
  #refused(request, { status, code, message, errors }) {
    this.#options.tell({ event: 'refused', status, code });
    const headers = {
      ...corsHeaders(request, this.#sites),
      'cache-control': 'no-store',
      ...((status === 429 || status === 503) && { 'retry-after': '10' }),
      ...(status === 405 && { allow: 'POST, GET, OPTIONS' }),
    };
    if (wantsJson(request)) return Response.json({ ok: false, error: code, message, ...(errors && { errors }) }, { status, headers });
    const lines = [message, ...Object.entries(errors ?? {}).map(([field, problem]) => `${field}: ${problem}`)];
    // Plain text: nothing that was entered can become a page.
    return new Response(`${lines.join('\n')}\n`, {
      status,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
  }
}

/** @param {string} name */
const isControl = (name) => name.startsWith('_') || CONTROL.has(name);

/** @param {Request} request */
function wantsJson({ headers }) {
  return /\bapplication\/json\b/.test(`${headers.get('accept')} ${headers.get('content-type')}`) || headers.has('x-requested-with');
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

/** @type {typeof import('../edge.js').createLeadHandler} */
export function createLeadHandler(options) {
  if (typeof options !== 'function') {
    const handler = new LeadHandler(options);
    return { fetch: (request, _, context) => handler.fetch(request, /** @type {Context} */ (context)), forget: (email) => handler.forget(email) };
  }
  /** @type {WeakMap<object, LeadHandler>} */
  const handlers = new WeakMap();
  const handlerOf = (/** @type {any} */ env) => {
    const handler = handlers.get(env) ?? new LeadHandler(options(env));
    handlers.set(env, handler);
    return handler;
  };
  return { fetch: (request, env, context) => handlerOf(env).fetch(request, /** @type {Context} */ (context)), forget: (email, env) => handlerOf(env).forget(email) };
}
