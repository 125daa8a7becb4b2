/** Outbound links, downloads, and what the page itself declares in HTML: rules T7 to T9. */
import { pathOf, webAddress, within } from './address.js';

/** The endings that Google Analytics 4 takes for downloads. */
const DOWNLOAD =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(?:s|t|tx)|7z|pkg|rar|gz|zip|avi|mov|mp4|mpe?g|wmv|midi?|mp3|wav|wma)$/i;

/** @param {import('./index.js').Page} page */
export function watchClicks(page) {
  page.on('click auxclick', (event) => {
    if (event.button > 1) return; // the right button opens a menu
    const elements = /** @type {HTMLElement[]} */ (event.composedPath()).filter(({ localName }) => localName);
    noteDeclared(page, elements.find(({ localName, dataset }) => dataset?.leadEvent && localName !== 'form'));
    noteLink(page, elements.find(({ localName }) => localName === 'a' || localName === 'area'));
  });
  page.on('submit', ({ target }) => target.dataset.leadEvent && noteDeclared(page, target));
}

/**
 * @param {import('./index.js').Page} page
 * @param {Element} [link]
 */
function noteLink(page, link) {
  const address = webAddress(link?.getAttribute('href') ?? link?.getAttribute('xlink:href'));
  if (!address) return;
  const extension = DOWNLOAD.exec(address.pathname)?.[1].toLowerCase();
  if (extension) page.record('download', { path: pathOf(address), extension });
  if (!within(address.hostname, page.options.site)) page.record('outbound', { host: address.hostname });
}

/**
 * `data-lead-event="pricing" data-lead-plan="team"` is the event `pricing` with the plan `team`.
 * @param {import('./index.js').Page} page
 * @param {HTMLElement} [element]
 */
function noteDeclared(page, element) {
  if (!element) return;
  const { leadEvent = '', ...others } = element.dataset;
  const declared = Object.entries(others).filter(([name]) => /^lead[A-Z]/.test(name) && !/^lead(Ignore|Step)$/.test(name));
  const properties = declared.map(([name, text = '']) => [name[4].toLowerCase() + name.slice(5), plain(text)]);
  page.record(leadEvent, Object.fromEntries(properties));
}

/**
 * A number where the text is one.
 * @param {string} text
 */
const plain = (text) => (String(Number(text)) === text ? Number(text) : text);
