/** tarteaucitron, by the key of the service that the tracker is there. */

const ANSWERS = /** @type {const} */ ({ loaded: 'granted', allowed: 'granted', disallowed: 'denied' });

/** @param {{ service?: string }} [options] */
export const tarteaucitron = ({ service = 'leadscore' } = {}) => (/** @type {import('../consent.js').Tell} */ tell) => {
  const listening = new AbortController();
  const { signal } = listening;
  for (const [event, answer] of Object.entries(ANSWERS)) document.addEventListener(`${service}_${event}`, () => tell(answer), { signal });
  // What was answered on an earlier page is known once the service has been added.
  const known = () => {
    const answer = /** @type {any} */ (window).tarteaucitron?.state?.[service];
    if (typeof answer === 'boolean') tell(answer ? 'granted' : 'denied');
  };
  document.addEventListener(`${service}_added`, known, { signal });
  known();
  return () => listening.abort();
};
