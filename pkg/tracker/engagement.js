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

/** @param {import('./index.js').Page} page */
export function watchEngagement({ record, on, onLeave, onStop }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer; // runs while somebody is there
  let until = 0; // when that ends, if nothing more happens
  let counted = 0; // up to when time was counted
  let spent = 0; // what is not recorded yet

  const look = () => {
    const now = performance.now();
    if (timer && now - counted < 2 * STEP) spent += Math.max(Math.min(now, until) - counted, 0);
    counted = now;
    if (spent >= CHUNK) flush();
    clearTimeout(timer);
    timer = !document.hidden && document.hasFocus() && now < until ? setTimeout(look, STEP) : undefined;
  };
  const flush = () => {
    const seconds = Math.min(Math.floor(spent / 1000), CHUNK / 1000);
    if (seconds) record('engaged', { seconds });
    spent -= seconds * 1000;
  };
  const act = (/** @type {number} */ length) => {
    look();
    until = Math.max(until, performance.now() + length);
    if (!timer) look();
  };
  const leave = () => {
    look();
    flush();
  };

  on('pointerdown pointermove keydown wheel scroll input', () => act(ACTIVE));
  on('timeupdate', ({ target }) => isWatched(target) && act(WATCHING));
  on('visibilitychange focus blur', ({ target }) => {
    if (target !== window && target !== document) return; // a field
    if (!document.hidden && document.hasFocus()) act(ACTIVE); // coming back is doing something
    else leave();
  });
  onLeave(leave);
  onStop(() => clearTimeout(timer));
  act(ACTIVE);
}
