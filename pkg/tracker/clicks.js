/** Downloads, outbound links, and what the page itself declares in HTML: rules T7 to T9. */
import { isOfWeb, isWithin, pathOf } from './address.js';

/** The endings that Google Analytics 4 takes for downloads. */
const DOWNLOAD =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(s|tx?)|7z|pkg|rar|gz|zip|avi|mov|mp3|mp4|mpe?g|midi?|wav|wma|wmv)$/i;

/** @param {import('./index.js').Page} page */
export function watchClicks({ options: { site }, record, on }) {
  const noteLink = (/** @type {HTMLAnchorElement} */ link) => {
    if (!link.href || !isOfWeb(link)) return;
    const extension = DOWNLOAD.exec(link.pathname)?.[1].toLowerCase();
    if (extension) record('download', { path: pathOf(link), extension });
    if (!isWithin(link, site)) record('outbound', { host: link.hostname });
  };

  /** `data-lead-event="pricing" data-lead-plan="team"` is the event `pricing` with the plan `team`. */
  const noteDeclared = (/** @type {HTMLElement} */ { dataset, attributes }) => {
    const properties = /** @type {Record<string, unknown>} */ ({});
    for (const { name, value } of attributes) {
      const [, property] = /^data-lead-(?!event|step|ignore)(.+)/.exec(name) ?? [];
      if (property) properties[property] = String(Number(value)) === value ? Number(value) : value;
    }
    if (dataset.leadEvent) record(dataset.leadEvent, properties);
  };

  on('click auxclick', (event) => {
    if (event.button > 1) return; // the right button opens a menu
    const elements = event.composedPath().filter((/** @type {Element} */ { matches }) => matches);
    const note = (/** @type {string} */ selector, /** @type {(element: any) => void} */ work) => {
      const element = elements.find((/** @type {Element} */ element) => element.matches(selector));
      if (element) work(element);
    };
    note('[data-lead-event]:not(form)', noteDeclared);
    note('a,area', noteLink);
  });
  on('submit', ({ target }) => noteDeclared(target));
}
