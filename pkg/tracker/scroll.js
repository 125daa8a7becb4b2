/** How far down a page the visitor has scrolled: rule T11. */

const STEPS = [25, 50, 75, 90];

/** @param {import('./index.js').Page} page */
export function watchScroll({ record, on, onLeave }) {
  let reached = 0;
  on('scroll', ({ target }) => {
    if (target !== document) return; // a box within the page
    const { scrollTop, clientHeight, scrollHeight } = /** @type {Element} */ (document.scrollingElement);
    const percent = ((scrollTop + clientHeight) / scrollHeight) * 100;
    for (const step of STEPS) {
      if (step > reached && step <= percent) record('scroll', { percent: (reached = step) });
    }
  });
  onLeave(() => {
    reached = 0;
  });
}
