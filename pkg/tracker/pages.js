/**
 * Page views: rules T1 to T6. There is one way to come to one: the tracker looks whether the visitor sees a path that it has not noted
 * yet. Everything that could have changed the answer only makes it look again.
 */
import { pathOf, webAddress, within } from './address.js';

/** @param {import('./index.js').Page} page */
export function watchPages(page) {
  const { site, query } = page.options;
  /** @type {string | null} */
  let seen = null;
  let restored = false;

  const look = () => {
    if (/** @type {{ prerendering?: boolean }} */ (document).prerendering || document.visibilityState !== 'visible') return;
    const path = pathOf(location);
    if (path === seen && !restored) return;
    const referrer = seen === null ? webAddress(document.referrer)?.hostname : undefined;
    if (seen !== null) page.leave();
    seen = path;
    page.record('page_view', {
      path,
      ...(referrer && !within(referrer, site) && { referrer }),
      ...(restored && { restored }),
      ...allowed(query),
    });
    restored = false;
  };

  page.on('prerenderingchange visibilitychange', look);
  page.on('pageshow', ({ persisted }) => {
    if (persisted) restored = true;
    look();
  });
  onNavigation(page, look);
  look();
}

/**
 * Calls `look` when the address may have changed without a new page.
 * @param {import('./index.js').Page} page
 * @param {() => void} look
 */
function onNavigation(page, look) {
  const { navigation } = /** @type {{ navigation?: EventTarget }} */ (window);
  if (navigation) return page.on('currententrychange', look, navigation);
  page.on('popstate', look);
  for (const name of /** @type {const} */ (['pushState', 'replaceState'])) {
    const original = History.prototype[name];
    /** @this {History} @param {Parameters<History['pushState']>} given */
    const watched = function (...given) {
      original.apply(this, given);
      look();
    };
    History.prototype[name] = watched;
    page.onStop(() => {
      if (History.prototype[name] === watched) History.prototype[name] = original;
    });
  }
}

/**
 * The parameters of the address that may be noted.
 * @param {readonly string[]} query names; a star at the end stands for any ending
 */
function allowed(query) {
  const isAllowed = (/** @type {string} */ name) =>
    query.some((known) => known === name || (known.endsWith('*') && name.startsWith(known.slice(0, -1))));
  return Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => isAllowed(name)));
}
