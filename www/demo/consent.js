/**
 * The visitor's choice: asked for in a banner, as easily refused as accepted, taken back at the foot of every page. Only a yes is
 * stored, as it is what allows storing; a no goes along in the address.
 */
import { byId } from '../element.js';
import { keep, kept } from './address.js';

/** @typedef {'pending' | 'granted' | 'denied'} Consent */

const KEY = 'frimas.consent';

/** What the visitor has chosen on an earlier page. @returns {Consent} */
export function chosen() {
  if (saysNo() || kept('consent') === 'no') return 'denied';
  try {
    return localStorage.getItem(KEY) === 'granted' ? 'granted' : 'pending';
  } catch {
    return 'pending'; // storage is denied
  }
}

/** Whether the browser says no for its user: Global Privacy Control, or Do Not Track. */
export function saysNo() {
  const { globalPrivacyControl, doNotTrack } = /** @type {{ globalPrivacyControl?: boolean, doNotTrack?: string | null }} */ (navigator);
  return globalPrivacyControl === true || doNotTrack === '1';
}

/**
 * Shows the banner while nothing is chosen, and tells the tracker what is.
 * @param {Pick<import('../../pkg/tracker.js').Tracker, 'consent' | 'withdraw'>} tracker
 * @param {import('./words.js').Words} words
 * @param {(state: Consent) => void} changed
 */
export function askConsent(tracker, words, changed) {
  const banner = byId('consent');
  const show = (/** @type {Consent} */ state) => {
    banner.hidden = state !== 'pending';
    byId('consent-state').textContent = words.say(state === 'granted' ? 'shortGranted' : state === 'denied' ? 'shortDenied' : 'shortPending');
    for (const [action, wanted] of /** @type {const} */ ([['withdraw', 'granted'], ['ask', 'denied']])) {
      for (const button of buttons(action)) button.hidden = state !== wanted || saysNo();
    }
    changed(state);
  };
  const choose = (/** @type {Consent} */ state) => {
    if (state !== 'granted') forget();
    if (state === 'denied') tracker.withdraw();
    else tracker.consent(state);
    if (state === 'granted') remember();
    keep('consent', state === 'denied' ? 'no' : null);
    show(state);
  };

  for (const state of /** @type {const} */ (['granted', 'denied'])) {
    for (const button of buttons(state)) {
      button.addEventListener('click', () => {
        choose(state);
        byId('main').focus({ preventScroll: true }); // the banner, which had the focus, is gone
      });
    }
  }
  for (const button of buttons('withdraw')) button.addEventListener('click', () => choose('denied'));
  for (const button of buttons('ask')) {
    button.addEventListener('click', () => {
      choose('pending');
      buttons('granted')[0].focus();
    });
  }
  // Another tab, or a page that the visitor comes back to, has chosen.
  window.addEventListener('storage', ({ key }) => (key === KEY || key === null) && show(follow()));
  window.addEventListener('pageshow', ({ persisted }) => persisted && show(follow()));
  const follow = () => {
    const state = chosen();
    tracker.consent(state);
    return state;
  };
  show(chosen());
}

/** @param {string} action @returns {HTMLElement[]} */
const buttons = (action) => [...document.querySelectorAll(`[data-consent="${action}"]`)].map((node) => /** @type {HTMLElement} */ (node));

function remember() {
  try {
    localStorage.setItem(KEY, 'granted');
  } catch {
    // Storage is denied: it is asked again on the next page.
  }
}

function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is denied: there is nothing in it.
  }
}
