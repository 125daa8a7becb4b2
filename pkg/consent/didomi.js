/** Didomi, by the vendor that the tracker is there, or by a purpose. */

/** @param {{ vendor?: string, purpose?: string }} which */
export const didomi = ({ vendor, purpose }) => (/** @type {import('../consent.js').Tell} */ tell) => {
  const page = /** @type {any} */ (window);
  let isListening = true;
  const read = () => {
    if (!isListening) return;
    const { vendors, purposes } = page.Didomi.getCurrentUserStatus();
    const { enabled } = (vendor === undefined ? purposes?.[purpose ?? ''] : vendors?.[vendor]) ?? {};
    if (enabled) tell('granted');
    else tell(page.Didomi.isUserStatusPartial() ? 'pending' : 'denied');
  };
  (page.didomiOnReady ??= []).push(read);
  (page.didomiEventListeners ??= []).push({ event: 'consent.changed', listener: read });
  return () => {
    isListening = false;
  };
};
