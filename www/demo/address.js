/**
 * What the site remembers without storing anything: the colours, a refusal and whether the panel is open stand in the address, and
 * go along with every link to another page of the site.
 */

/** @typedef {'theme' | 'consent' | 'panel'} Kept */

const KEPT = /** @type {const} */ (['theme', 'consent', 'panel']);
const SITE = new URL('./', import.meta.url).href;

/** @param {Kept} name */
export function kept(name) {
  return new URLSearchParams(location.search).get(name);
}

/**
 * @param {Kept} name
 * @param {string | null} value `null` forgets it
 */
export function keep(name, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(history.state, '', address);
}

/** From now on a link takes along what is kept. */
export function takeAlong() {
  const take = (/** @type {Event} */ { target }) => {
    const link = /** @type {Element} */ (target).closest?.('a');
    if (!link?.href.startsWith(SITE)) return;
    const address = new URL(link.href);
    for (const name of KEPT) {
      const value = kept(name);
      if (value === null) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    link.href = address.href;
  };
  document.addEventListener('click', take, true);
  document.addEventListener('auxclick', take, true);
}
