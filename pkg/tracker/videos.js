/** How much of a video was played: rule T12. Jumping ahead plays nothing, and playing a part twice plays it once. */
import { addressOf, isOfWeb, pathOf } from './address.js';

const STEPS = [10, 25, 50, 75, 95];

/**
 * Whether an element is a video that somebody watches, and not one that moves in the background.
 * @param {unknown} element
 * @returns {element is HTMLVideoElement}
 */
export function isWatched(element) {
  return element instanceof HTMLVideoElement && !(element.autoplay && element.loop && element.muted);
}

/** @param {import('./index.js').Page} page */
export function watchVideos({ record, on }) {
  const noted = /** @type {WeakMap<HTMLVideoElement, { source: string, last: number }>} */ (new WeakMap());
  on('timeupdate ended', ({ target: video }) => {
    if (!isWatched(video)) return;
    const { currentSrc: source, played, duration } = video;
    let seconds = 0;
    for (let part = 0; part < played.length; part++) seconds += played.end(part) - played.start(part);
    const before = noted.get(video);
    let last = before?.source === source ? before.last : 0;
    for (const percent of STEPS) {
      if (percent <= last || !(percent <= (seconds / duration) * 100)) continue; // as long as it has no duration
      const address = addressOf(source);
      record('video', { path: isOfWeb(address) ? pathOf(address) : '', percent });
      last = percent;
    }
    noted.set(video, { source, last });
  });
}
