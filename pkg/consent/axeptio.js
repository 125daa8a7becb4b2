/** Axeptio, by the name of the vendor that the tracker is there. */

/** @param {{ vendor: string }} which */
export const axeptio = ({ vendor }) => (/** @type {import('../consent.js').Tell} */ tell) => {
  const page = /** @type {any} */ (window);
  let isListening = true;
  (page._axcb ??= []).push((/** @type {any} */ sdk) => {
    sdk.on('cookies:complete', (/** @type {Record<string, boolean>} */ choices) => {
      if (isListening) tell(choices[vendor] ? 'granted' : 'denied');
    });
  });
  return () => {
    isListening = false;
  };
};
