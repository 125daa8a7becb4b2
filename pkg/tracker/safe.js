/** The promise that every part of the tracker rests on: what goes wrong in it never reaches the page. */

/**
 * The same function, which answers nothing where it would have thrown; a promise of it may fail unheard.
 * @template {unknown[]} Given
 * @template Answer
 * @param {(...given: Given) => Answer} work
 * @returns {(...given: Given) => Answer | undefined}
 */
export const safe = (work) => (...given) => {
  try {
    const answer = work(...given);
    /** @type {any} */ (answer)?.catch?.(() => {});
    return answer;
  } catch {
    return undefined;
  }
};
