/** Any tool that speaks version 2 of IAB Europe's Transparency and Consent Framework. Its script has to come before the tracker. */

/** @param {{ purposes?: readonly number[], vendor?: number }} [options] */
export const tcf = ({ purposes = [1, 8], vendor } = {}) => (/** @type {import('../consent.js').Tell} */ tell) => {
  const { __tcfapi } = /** @type {any} */ (window);
  /** @type {number | undefined} */
  let listener;
  __tcfapi?.('addEventListener', 2, (/** @type {any} */ data, /** @type {boolean} */ success) => {
    listener = data?.listenerId ?? listener;
    // While its window is open nothing has been decided, or what was decided before still holds.
    if (!success || !/^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) return;
    const isFree = data.gdprApplies === false;
    const isGiven = purposes.every((id) => data.purpose?.consents?.[id]) && (vendor === undefined || data.vendor?.consents?.[vendor]);
    tell(isFree || isGiven ? 'granted' : 'denied');
  });
  return () => void __tcfapi?.('removeEventListener', 2, () => {}, listener);
};
