/**
 * From a request to an answer: the form is read, made into facts, scored and stored, in this order, and only then is the visitor
 * thanked. What a lead scores changes nothing about that. Who delivers it, and when, is the affair of the outbox.
 */
import { LeadscoreError } from '../src/error.js';
import { adminAnswer } from './admin.js';
import { isDoubtful } from './doubt.js';
import { claimOf, isWithdrawal } from './engagement.js';
import { Enrichment } from './enrichment.js';
import { readForm, readText, unknownType } from './form.js';
import { Keys } from './keys.js';
import { completed } from './options.js';
import { checkAsking, checkOrigin, corsHeaders, nextPage, originsOf } from './origin.js';
import { Reader } from './reading.js';
import { Refusal } from './refusal.js';
import { seenCookie, seenSince } from './seen.js';
import { newTicket } from './ticket.js';
import { further, spending, wayCookie, wayOf } from './way.js';

/** @typedef {import('../edge.js').LeadHandlerOptions} Options */
/** What a host lets go on after the answer. @typedef {{ waitUntil?: (work: Promise<unknown>) => void }} Context */

const SECOND = 1000;

const ADMIN = '/admin/outbox';

export class LeadHandler {
  #options;
  #sites;
  #keys;
  #reader;
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
    const complete = completed(options, host);
    this.#options = complete;
    this.#reader = new Reader(complete, this.#keys, this.#sites);
    const { enrich, enrichTimeout: timeout, enrichLatest: latest, now } = complete;
    this.#enrichment = enrich ? new Enrichment(enrich, { timeout, latest, now }) : null;
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
    return this.#options.outbox.forget(await this.#reader.person(email));
  }

  /** For a page that is made by a server and can have its ticket from the start. */
  formToken() {
    return newTicket(this.#keys, this.#options.now());
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

  /**
   * A page asks for this, once there is consent, so that the edge knows since when; with `?checkpoint=` at each view, so that it knows
   * the way too; and with `?form` for the ticket of a form, which needs no consent, as it says nothing of anybody.
   * @param {Request} request
   */
  async #seen(request) {
    const { now: clock } = this.#options;
    const now = clock();
    const { searchParams } = new URL(request.url);
    const cookies = request.headers.get('cookie');
    const headers = new Headers({ ...corsHeaders(request, this.#sites), 'cache-control': 'no-store' });
    if (searchParams.has('form')) {
      checkAsking(request, this.#sites);
      return Response.json({ token: await this.formToken() }, { headers });
    }
    const path = searchParams.get('checkpoint');
    if (path !== null) {
      checkAsking(request, this.#sites);
      const cookie = await this.#checkpoint(cookies, path, now);
      if (cookie) headers.append('set-cookie', cookie);
    }
    const known = await seenSince(this.#keys, cookies, now);
    if (known === null) headers.append('set-cookie', await seenCookie(this.#keys, now));
    return new Response(null, { status: 204, headers });
  }

  /** @param {string | null} cookies @param {string} path @param {number} now */
  async #checkpoint(cookies, path, now) {
    if (!path.startsWith('/') || path.length > 500) throw new Refusal(400, 'invalid-checkpoint', 'expected the path of a page in `checkpoint`');
    const way = await wayOf(this.#keys, cookies, now);
    if (way) {
      const { fresh } = await this.#options.outbox.admit([spending(way, crypto.randomUUID())], []);
      // Who hands in a token twice goes on with the one they got for it first.
      if (!fresh[0]) return void this.#options.tell({ event: 'replayed' });
    }
    return wayCookie(this.#keys, further(way, path, now));
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
    if (await this.#isLimited(request)) throw new Refusal(429, 'too-many', 'expected fewer forms in so short a time');
    const log = await readText(request);
    if (log !== null) return this.#told(request, log);

    const fields = await readForm(request);
    const next = nextPage(fields, request, this.#sites, options.thanks);
    if (options.honeypots.some((name) => fields.get(name)?.some((text) => text !== ''))) {
      // Who fills in what nobody sees is thanked like everybody, and learns nothing.
      options.tell({ event: 'honeypot' });
      return this.#thanks(request, next, crypto.randomUUID(), null);
    }
    const { lead, events, known, cookie, withdrawn } = await this.#reader.read(request, fields);
    if (withdrawn !== null) await this.#withdraw(withdrawn);
    const doubtful = isDoubtful(lead.doubts);
    if (doubtful) options.tell({ event: 'doubtful', code: lead.doubts.join(' ') });
    if (doubtful && options.doubtful === 'drop') return this.#thanks(request, next, lead.id, null);

    const enrichment = this.#enrichment?.resting ? null : this.#enrichment;
    const wait = enrichment ? enrichment.timeout + SECOND : 0;
    const hold = doubtful && options.doubtful === 'hold';
    const { id, fresh } = await options.outbox.put(lead, { ...known, ...(wait > 0 && { wait }), ...(hold && { hold }) });
    if (enrichment && fresh) {
      const enriched = this.#enriched(enrichment, { ...lead, id }, { events, visitor: known.visitor ?? '' });
      context?.waitUntil?.(enriched);
    }
    return this.#thanks(request, next, id, lead.score, cookie);
  }

  /** A limiter that does not work is no reason to lose a lead. @param {Request} request */
  async #isLimited(request) {
    try {
      return await this.#options.limited(request);
    } catch {
      this.#options.tell({ event: 'limiter-failed' });
      return false;
    }
  }

  /**
   * What a tracker posts by itself. Of all of it only that somebody takes everything back is acted upon: the rest comes with a form.
   * @param {Request} request
   * @param {string} log
   */
  async #told(request, log) {
    const { now, log: { site } } = this.#options;
    const claim = claimOf(log.trim(), { now: now(), site });
    if (claim.visitor === null) throw unknownType();
    if (isWithdrawal(claim)) await this.#withdraw(claim.visitor);
    return new Response(null, { status: 204, headers: { ...corsHeaders(request, this.#sites), 'cache-control': 'no-store' } });
  }

  /** @param {string} visitor */
  async #withdraw(visitor) {
    const { outbox, withdrawn } = this.#options;
    const visitors = await this.#reader.visitors(visitor);
    const leads = await outbox.withdraw(visitors);
    if (withdrawn === 'erase') await outbox.forget(visitors, 'visitor');
    else for (const lead of leads.filter(isLinked)) await outbox.amend(this.#reader.withoutVisitor(lead));
  }

  /**
   * Scores the lead anew with what somebody else knows. Nothing waits for this, and nothing of it may fail.
   * @param {Enrichment} enrichment
   * @param {import('../edge.js').Lead} lead
   * @param {{ events: import('../leadscore.js').LeadEvent[], visitor: string }} of
   */
  async #enriched(enrichment, lead, { events, visitor }) {
    const { outbox, tell } = this.#options;
    const amend = async (/** @type {() => import('../edge.js').Lead | Promise<import('../edge.js').Lead>} */ known) => {
      try {
        await outbox.amend(await known());
      } catch {
        tell({ event: 'not-amended', lead: lead.id });
      }
    };
    const { soon, answer } = enrichment.of(lead.facts);
    const facts = await soon;
    // Without an answer it goes as it is, and does not wait any more.
    if (facts === null || facts === 'late') await amend(() => lead);
    const late = facts === 'late' ? await answer : facts;
    if (late === null) return tell({ event: 'not-enriched', lead: lead.id });
    await amend(async () => {
      // In the meantime the visitor may have taken back what they did.
      const { withdrawn } = visitor ? await outbox.admit([], [visitor]) : { withdrawn: false };
      return withdrawn ? this.#reader.withoutVisitor({ ...lead, facts: late }) : this.#reader.amended(lead, late, events);
    });
  }

  /**
   * @param {Request} request
   * @param {string} next
   * @param {string} id
   * @param {import('../edge.js').LeadScore | null} score
   * @param {string | null} [cookie]
   */
  #thanks(request, next, id, score, cookie = null) {
    const headers = { ...corsHeaders(request, this.#sites), 'cache-control': 'no-store', ...(cookie && { 'set-cookie': cookie }) };
    if (!wantsJson(request)) return new Response(null, { status: 303, headers: { ...headers, location: next } });
    const revealed = score && this.#options.reveal(score);
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

/** Whether there is still something of the visitor in it. @param {import('../edge.js').Lead} lead */
const isLinked = ({ clamps }) => !clamps.some(({ code }) => code === 'withdrawn');

/** @param {Request} request */
function wantsJson({ headers }) {
  return /\bapplication\/json\b/.test(`${headers.get('accept')} ${headers.get('content-type')}`) || headers.has('x-requested-with');
}

/** @type {typeof import('../edge.js').createLeadHandler} */
export function createLeadHandler(options) {
  const single = typeof options === 'function' ? null : new LeadHandler(options);
  /** @type {WeakMap<object, LeadHandler>} */
  const handlers = new WeakMap();
  const of = (/** @type {any} */ env) => {
    if (single) return single;
    const handler = handlers.get(env) ?? new LeadHandler(/** @type {Function} */ (options)(env));
    handlers.set(env, handler);
    return handler;
  };
  return {
    fetch: (request, env, context) => of(env).fetch(request, /** @type {Context} */ (context)),
    forget: (email, env) => of(env).forget(email),
    formToken: (env) => of(env).formToken(),
  };
}
