/** How much of a video was played: rule T12. Jumping ahead plays nothing, and playing a part twice plays it once. */
import { addressOf, isOfWeb, pathOf } from './address.js';

const STEPS = [10, 25, 50, 75, 95];

/**
 * Whether an element is a video that somebody watches, and not one that moves in the background.
 * @param {HTMLMediaElement} element
 */
export function isWatched({ localName, autoplay, loop, muted }) {
  return localName === 'video' && !(autoplay && loop && muted);
}

/** @param {import('./index.js').Page} page */
export function watchVideos({ record, on }) {
  /** The last step of each film, by its address. */
  const reached = /** @type {Map<string, number>} */ (new Map());
  on('timeupdate', ({ target }) => {
    if (!isWatched(target)) return;
    const { currentSrc, played, duration } = target;
    const address = addressOf(currentSrc);
    let seconds = 0;
    for (let part = 0; part < played.length; part++) seconds += played.end(part) - played.start(part);
    for (const percent of STEPS) {
      if (percent <= (reached.get(currentSrc) ?? 0) || !(percent <= (seconds / duration) * 100)) continue; // no duration yet
      record('video', { path: isOfWeb(address) ? pathOf(address) : '', percent });
      reached.set(currentSrc, percent);
    }
  });
}
