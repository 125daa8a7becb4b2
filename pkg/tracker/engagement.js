/**
 * Engaged seconds: rule T13. A second counts when the page is in sight, has the focus, and somebody has just done something. They are
 * counted on the clock that nobody sets, in steps of a second: a step that took much longer was slept through.
 */
import { isWatched } from './videos.js';

/** For how long somebody who did something is there, and somebody who watches a video. */
const ACTIVE = 15_000;
const WATCHING = 30_000;

const STEP = 1000;
const CHUNK = 15_000;

const ACTIVITY = 'pointerdown pointermove keydown wheel scroll touchstart touchmove input';

/** @param {import('./index.js').Page} page */
export function watchEngagement(page) {
  let spent = 0; // milliseconds not recorded yet
  let counted = 0; // up to when
  let until = 0; // when it ends, if nothing more happens
  let timer = 0;

  const isThere = () => document.visibilityState === 'visible' && document.hasFocus() && performance.now() < until;

  const record = (/** @type {number} */ seconds) => {
    if (seconds > 0) page.record('engaged', { seconds });
    spent -= seconds * 1000;
  };
  const count = () => {
    const now = performance.now();
    if (timer && now - counted < 2 * STEP) spent += Math.max(Math.min(now, until) - counted, 0);
    counted = now;
    if (spent >= CHUNK) record(CHUNK / 1000);
  };
  const flush = () => record(Math.floor(spent / 1000));

  const look = () => {
    count();
    clearTimeout(timer);
    timer = isThere() ? Number(setTimeout(look, STEP)) : 0;
  };
  const act = (/** @type {number} */ length) => {
    if (timer) count();
    until = Math.max(until, performance.now() + length);
    if (!timer) look();
  };

  page.on(ACTIVITY, () => act(ACTIVE));
  page.on('timeupdate', ({ target }) => isWatched(target) && act(WATCHING));
  page.on('visibilitychange prerenderingchange focus pageshow', ({ target }) => {
    if (target !== window && target !== document) return; // a field that takes the focus
    if (document.visibilityState === 'hidden') leave();
    else act(ACTIVE); // coming back is doing something
  });
  page.on('blur', ({ target }) => target === window && look());

  const leave = () => {
    look();
    flush();
  };
  page.onLeave(leave);
  page.onStop(() => clearTimeout(timer));
  act(ACTIVE);
}
