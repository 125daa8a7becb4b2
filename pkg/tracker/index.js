/**
 * `leadscore/tracker`: notes what a visitor does on a website, keeps it once there is consent, and hands it over with a form.
 * This file joins the parts and holds the consent; what counts as an event is the affair of the files it starts, and
 * docs/tracker.md lists their rules. Nothing in here may disturb the page: whatever goes wrong is the tracker's alone.
 */
import { watchClicks } from './clicks.js';
import { watchEngagement } from './engagement.js';
import { watchForms } from './forms.js';
import { Journal } from './journal.js';
import { watchPages } from './pages.js';
import { flat, named } from './properties.js';
import { safe } from './safe.js';
import { startScoring } from './scoring.js';
import { watchScroll } from './scroll.js';
import { watchVideos } from './videos.js';

/** @typedef {import('../tracker.js').Consent} Consent */
/** @typedef {import('../tracker.js').TrackOptions} TrackOptions */
/** @typedef {import('../tracker.js').Tracker} Tracker */

/**
 * What a part of the tracker has to do with the page.
 * @typedef {object} Page
 * @property {(type: string, properties?: Record<string, unknown>) => void} record
 * @property {(types: string, work: (event: any) => void, target?: EventTarget) => void} on listens until the tracker stops,
 *   before the page does
 * @property {(work: () => void) => void} onLeave for what is to be noted, or begun anew, when one view of the page ends
 * @property {() => void} leave ends the view
 * @property {(work: () => void) => void} onStop
 * @property {Required<Pick<TrackOptions, 'site' | 'query' | 'field' | 'form'>>} options
 * @property {() => string} log what a form carries
 */

/** Where a page has its one tracker, whichever copy of this file it comes from. */
const RUNNING = Symbol.for('leadscore.tracker');

const QUERY = ['utm_*', 'gclid', 'gbraid', 'wbraid', 'dclid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid', 'twclid'];

/** How long storage may live at most: 13 months. */
const MOST_DAYS = 395;

/**
 * @param {TrackOptions} [options]
 * @returns {Tracker}
 */
export function track(options = {}) {
  const host = /** @type {{ [RUNNING]?: Tracker }} */ (globalThis);
  if (host[RUNNING]) return host[RUNNING];

  const { send = null, keep = 30, score = null, consent: given = 'pending' } = options;
  const { site = location.hostname, query = QUERY, field = 'lead_log', form = 'form' } = options;
  const stopped = new AbortController();
  /** @type {Consent} */
  let state = 'pending';

  const journal = new Journal(
    site,
    Math.min(Math.max(Number(keep) || 0, 0), MOST_DAYS),
    (event) => {
      document.dispatchEvent(new CustomEvent('leadscore:event', { detail: event }));
      scoring.tell();
    },
    () => decide('denied'),
  );
  const scoring = startScoring(score, () => journal.events(), stopped.signal);

  const record = safe((/** @type {string} */ type, /** @type {Record<string, unknown>} */ properties = {}) => {
    if (state !== 'denied' && !stopped.signal.aborted && named(type)) journal.add(named(type), flat(properties));
  });

  const decide = safe((/** @type {Consent} */ wanted) => {
    const next = refused() ? 'denied' : wanted;
    if (next === state || stopped.signal.aborted) return;
    state = next;
    if (state === 'granted') journal.open();
    if (state === 'pending') journal.close();
    if (state === 'denied') journal.forget();
    scoring.tell();
  });

  /** Up to when everything has been sent. */
  let sent = 0;
  const deliver = async () => {
    if (!send || state !== 'granted') return;
    const { last } = journal;
    for (const log of journal.latest(sent)) await post(send, log);
    sent = last;
  };
  const leaving = /** @type {(() => void)[]} */ ([]);

  /** @type {Page} */
  const page = {
    record,
    on: (types, work, target = window) => {
      for (const type of types.split(' ')) {
        target.addEventListener(type, safe(work), { capture: true, passive: true, signal: stopped.signal });
      }
    },
    onLeave: (work) => void leaving.push(safe(work)),
    leave: () => leaving.forEach((work) => work()),
    onStop: (work) => stopped.signal.addEventListener('abort', safe(work)),
    options: { site, query, field, form },
    log: () => (state === 'granted' ? journal.text() : ''),
  };

  const tracker = {
    event: record,
    consent: decide,
    withdraw: safe(() => {
      if (send && state === 'granted') post(send, journal.withdrawal()).catch(() => {});
      decide('denied');
    }),
    getLog: () => safe(page.log)() ?? '',
    events: () => safe(() => journal.events())() ?? [],
    stop: safe(() => {
      if (state === 'granted') journal.write();
      stopped.abort();
      journal.close();
      delete host[RUNNING];
    }),
  };
  host[RUNNING] = tracker;

  if (refused()) decide('denied');
  else if (typeof given === 'string') decide(given);
  for (const watch of [watchEngagement, watchForms, watchScroll, watchVideos, watchClicks, watchPages]) safe(watch)(page);
  if (typeof given === 'function') {
    const undo = safe(given)(decide);
    if (undo) page.onStop(undo);
  }

  // After the parts, as they may have something to note before it is stored and sent.
  page.on('pagehide', page.leave);
  page.on('pagehide freeze', () => state === 'granted' && journal.write());
  page.on('visibilitychange', () => document.visibilityState === 'hidden' && deliver().catch(() => {}));
  page.on('storage', ({ key }) => (key === null || key === 'leadscore') && journal.save());
  return tracker;
}

/** Whether the browser says no for its user. */
function refused() {
  const { globalPrivacyControl, doNotTrack } = /** @type {{ globalPrivacyControl?: boolean, doNotTrack?: string | null }} */ (navigator);
  return globalPrivacyControl === true || doNotTrack === '1';
}

/**
 * As text, which needs no leave from the other side, and without waiting for the page.
 * @param {string | URL} address
 * @param {string} log
 */
function post(address, log) {
  return fetch(address, { method: 'POST', body: log, keepalive: true, mode: 'no-cors', credentials: 'omit' });
}
