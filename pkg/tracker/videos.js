/** How much of a video was played: rule T12. Jumping ahead plays nothing, and playing a part twice plays it once. */
import { pathOf, webAddress } from './address.js';

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
export function watchVideos(page) {
  const reached = /** @type {WeakMap<HTMLVideoElement, { source: string, step: number }>} */ (new WeakMap());
  page.on('timeupdate ended', ({ target: video }) => {
    if (!isWatched(video) || !Number.isFinite(video.duration)) return;
    const { currentSrc: source, played, duration } = video;
    let { step: last } = reached.get(video) ?? { step: 0 };
    if (reached.get(video)?.source !== source) last = 0;
    let seconds = 0;
    for (let part = 0; part < played.length; part++) seconds += played.end(part) - played.start(part);
    const address = webAddress(source);
    for (const step of STEPS) {
      if (step <= last || step > (seconds / duration) * 100) continue;
      page.record('video', { path: address ? pathOf(address) : '', percent: step });
      last = step;
    }
    reached.set(video, { source, step: last });
  });
}
