/**
 * `leadscore/tracker`: notes what a visitor does on a website, keeps it once there is consent, and hands it over with a form.
 * This file joins the parts and holds the consent; what counts as an event is the affair of the files it starts, and
 * docs/tracker.md lists their rules. Nothing in here may disturb the page: whatever goes wrong is the tracker's alone.
 */
import { watchClicks } from './clicks.js';
import { watchEngagement } from './engagement.js';
import { watchForms } from './forms.js';
import { DAY } from './history.js';
import { KEY, openJournal } from './journal.js';
import { watchPages } from './pages.js';
import { flat, named } from './properties.js';
import { safe } from './safe.js';
import { watchScroll } from './scroll.js';
import { watchVideos } from './videos.js';

/** @typedef {import('../tracker.js').Consent} Consent */
/** @typedef {import('../tracker.js').TrackOptions} TrackOptions */
/** @typedef {import('../tracker.js').Tracker} Tracker */

/**
 * What the parts of the tracker have to do with the page.
 * @typedef {object} Page
 * @property {{ site: string, query: readonly string[], field: string | null, form: string }} options
 * @property {(type: string, properties?: Record<string, unknown>) => void} record
 * @property {(types: string, work: (event: any) => void, target?: EventTarget) => void} on listens until the tracker stops, and
 *   hears of an event before the page does
 * @property {(work: () => void) => void} onLeave for what is to be noted, or begun anew, when one view of the page ends
 * @property {() => void} leave ends the view
 * @property {(work: () => void) => void} onStop
 * @property {() => string} log what a form carries
 */

/** Where a page has its one tracker, whichever copy of this file it comes from. */
const RUNNING = Symbol.for('leadscore');

const QUERY = ['utm_*', 'gclid', 'gbraid', 'wbraid', 'fbclid', 'msclkid', 'li_fat_id'];

/** How long storage may live at most, in days: 13 months. */
const LONGEST = 395;
const USUAL = 30;

/**
 * @param {TrackOptions} [options]
 * @returns {Tracker}
 */
export function track({
  consent = 'pending',
  site = location.hostname,
  send,
  keep,
  query = QUERY,
  field = 'lead_log',
  form = 'form',
  score,
} = {}) {
  const host = /** @type {{ [RUNNING]?: Tracker }} */ (globalThis);
  if (host[RUNNING]) return host[RUNNING];

  const stopping = new AbortController();
  const { signal } = stopping;
  const leaving = /** @type {(() => void)[]} */ ([]);
  /** @type {Consent} */
  let state = 'pending';
  /** @type {Awaited<ReturnType<typeof import('./scoring.js').startScoring>> | undefined} */
  let scoring;
  let sent = 0; // up to this instant

  const journal = openJournal(
    site,
    (Math.min(/** @type {number} */ (keep), LONGEST) || USUAL) * DAY, // in place of what is no number, too
    (event) => {
      document.dispatchEvent(new CustomEvent('leadscore:event', { detail: event }));
      scoring?.add(event);
    },
    () => decide('denied'),
  );

  const record = safe((/** @type {string} */ type, /** @type {Record<string, unknown>} */ properties = {}) => {
    if (state !== 'denied' && named(type)) journal.add(named(type), flat(properties));
  });

  const decide = safe((/** @type {Consent} */ wanted) => {
    const next = isRefused() ? 'denied' : wanted;
    if (next === state || signal.aborted) return;
    journal[next]();
    state = next;
    scoring?.restart();
  });

  /** As plain text, for which the edge need not give leave first. Until the answer is read, it counts as under way. */
  const post = async (/** @type {string} */ body) => {
    if (!send || state !== 'granted') return;
    const answer = await fetch(send, { method: 'POST', body, keepalive: true, mode: 'no-cors', credentials: 'omit' });
    await answer.text();
  };
  const deliver = async () => {
    if (state !== 'granted') return;
    for (const { text, until } of journal.latest(sent)) {
      await post(text);
      sent = until;
    }
  };

  /** @type {Page} */
  const page = {
    options: { site, query, field, form },
    record,
    on(types, work, target = window) {
      for (const type of types.split(' ')) target.addEventListener(type, safe(work), { capture: true, passive: true, signal });
    },
    onLeave: (work) => void leaving.push(safe(work)),
    leave: () => leaving.forEach((work) => work()),
    onStop: (work) => signal.addEventListener('abort', safe(work)),
    log: journal.text,
  };

  const tracker = {
    event: record,
    consent: decide,
    withdraw: safe(() => {
      const told = post(journal.withdrawal());
      decide('denied');
      return told;
    }),
    getLog: journal.text,
    events: journal.events,
    stop: safe(() => {
      journal.hurry();
      journal.pending();
      state = 'denied';
      stopping.abort();
      delete host[RUNNING];
    }),
  };
  host[RUNNING] = tracker;

  decide('pending'); // which a browser that says no makes a refusal
  const undo = safe(typeof consent === 'function' ? consent : (/** @type {typeof decide} */ tell) => tell(consent))(decide);
  if (undo) page.onStop(undo);

  for (const watch of [watchEngagement, watchForms, watchScroll, watchVideos, watchClicks, watchPages]) safe(watch)(page);

  // After the parts, as they may have something to note before it is stored and sent.
  page.on('pagehide', page.leave);
  page.on('pagehide freeze', journal.hurry);
  page.on('visibilitychange', () => document.hidden && deliver());
  page.on('storage', ({ key }) => {
    if (key && key !== KEY) return;
    journal.save();
    scoring?.restart();
  });

  const whenIdle = window.requestIdleCallback ?? setTimeout; // Safari cannot tell
  if (score) {
    whenIdle(safe(async () => {
      const { startScoring } = await import('./scoring.js');
      scoring = await startScoring(score, journal.events);
      page.onStop(scoring.free);
      scoring.restart();
    }));
  }
  return tracker;
}

/** Whether the browser says no for its user. */
function isRefused() {
  const { globalPrivacyControl, doNotTrack } = /** @type {{ globalPrivacyControl?: boolean, doNotTrack?: string | null }} */ (navigator);
  return globalPrivacyControl || doNotTrack === '1';
}
