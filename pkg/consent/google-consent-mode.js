/**
 * Google Consent Mode, whichever tool drives it. It has no way to be asked, so its commands are read where they are put: in the
 * data layer. What is denied by default has not been decided yet.
 */

/** @param {{ storage?: string, layer?: string }} [options] */
export const googleConsentMode = ({ storage = 'analytics_storage', layer = 'dataLayer' } = {}) =>
  (/** @type {import('../consent.js').Tell} */ tell) => {
    const page = /** @type {any} */ (window);
    const commands = (page[layer] ??= []);
    let isListening = true;

    const read = (/** @type {any} */ command) => {
      if (!isListening || command?.[0] !== 'consent') return;
      const { [storage]: state } = command[2] ?? {};
      if (state === 'granted') tell('granted');
      if (state === 'denied') tell(command[1] === 'default' ? 'pending' : 'denied');
    };
    [...commands].forEach(read);

    const { push } = commands;
    const listening = (/** @type {any[]} */ ...added) => {
      const length = push.apply(commands, added);
      added.forEach(read);
      return length;
    };
    commands.push = listening;
    return () => {
      isListening = false; // even where somebody else has taken our place in the meantime
      if (commands.push === listening) commands.push = push;
    };
  };
