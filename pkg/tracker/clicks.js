/** Downloads, outbound links, and what the page itself declares in HTML: rules T7 to T9. */
import { isOfWeb, isWithin, pathOf } from './address.js';

/** The endings that Google Analytics 4 takes for downloads. */
const DOWNLOAD =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(?:s|t|tx)|7z|pkg|rar|gz|zip|avi|mov|mp4|mpe?g|wmv|midi?|mp3|wav|wma)$/i;

/** @param {import('./index.js').Page} page */
export function watchClicks({ options: { site }, record, on }) {
  const noteLink = (/** @type {HTMLAnchorElement} */ link) => {
    if (!link.href || !isOfWeb(link)) return;
    const extension = DOWNLOAD.exec(link.pathname)?.[1].toLowerCase();
    if (extension) record('download', { path: pathOf(link), extension });
    if (!isWithin(link, site)) record('outbound', { host: link.hostname });
  };

  /** `data-lead-event="pricing" data-lead-plan="team"` is the event `pricing` with the plan `team`. */
  const noteDeclared = (/** @type {HTMLElement} */ { dataset: { leadEvent, ...others } }) => {
    if (!leadEvent) return;
    const properties = /** @type {Record<string, unknown>} */ ({});
    for (const [name, text] of Object.entries(others)) {
      const [, first, rest] = /^lead(?!Step|Ignore)([A-Z])(.*)/.exec(name) ?? [];
      if (first) properties[first.toLowerCase() + rest] = String(Number(text)) === text ? Number(text) : text;
    }
    record(leadEvent, properties);
  };

  on('click auxclick', (event) => {
    if (event.button > 1) return; // the right button opens a menu
    const elements = event.composedPath().filter((/** @type {Element} */ { localName }) => localName);
    for (const [selector, note] of /** @type {const} */ ([['[data-lead-event]:not(form)', noteDeclared], ['a,area', noteLink]])) {
      const element = elements.find((/** @type {Element} */ element) => element.matches(selector));
      if (element) note(element);
    }
  });
  on('submit', ({ target }) => noteDeclared(target));
}
