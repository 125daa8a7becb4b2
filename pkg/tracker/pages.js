/**
 * Page views: rules T1 to T6. There is one way to come to one: the tracker looks whether the visitor sees a path that it has not noted
 * yet. Everything that could have changed the answer only makes it look again.
 */
import { addressOf, isWithin, pathOf } from './address.js';

/** @param {import('./index.js').Page} page */
export function watchPages({ options: { site, query }, record, on, onStop, leave }) {
  /** @type {string | undefined} */
  let seen;
  let restored = false;

  const look = () => {
    if (document.hidden) return; // or prerendered, which is hidden too
    const path = pathOf(location);
    if (path === seen && !restored) return;
    if (seen) leave();
    const referrer = addressOf(document.referrer);
    record('page_view', {
      path,
      ...(!seen && !isWithin(referrer, site) && { referrer: referrer.hostname }),
      ...(restored && { restored }),
      ...parameters(query),
    });
    seen = path;
    restored = false;
  };

  on('visibilitychange', look);
  on('pageshow', ({ persisted }) => {
    restored = persisted;
    look();
  });
  onNavigation(look, on, onStop);
  look();
}

/**
 * Calls `look` when the address may have changed without a new page.
 * @param {() => void} look
 * @param {import('./index.js').Page['on']} on
 * @param {import('./index.js').Page['onStop']} onStop
 */
function onNavigation(look, on, onStop) {
  const { navigation } = /** @type {{ navigation?: EventTarget }} */ (window);
  if (navigation) return on('currententrychange', look, navigation);
  on('popstate', look);
  for (const name of /** @type {const} */ (['pushState', 'replaceState'])) {
    const original = History.prototype[name];
    /** @this {History} @param {Parameters<History['pushState']>} given */
    const watched = function (...given) {
      original.apply(this, given);
      look();
    };
    History.prototype[name] = watched;
    onStop(() => {
      if (History.prototype[name] === watched) History.prototype[name] = original;
    });
  }
}

/**
 * The parameters of the address that may be noted.
 * @param {readonly string[]} query names; a star at the end stands for any ending
 */
function parameters(query) {
  const isAllowed = (/** @type {string} */ name) =>
    query.some((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known));
  return Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => isAllowed(name)));
}
