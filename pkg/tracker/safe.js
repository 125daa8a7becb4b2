/** The promise that every part of the tracker rests on: what goes wrong in it never reaches the page. */

/**
 * The same function, which answers nothing where it would have thrown.
 * @template {unknown[]} Given
 * @template Answer
 * @param {(...given: Given) => Answer} work
 * @returns {(...given: Given) => Answer | undefined}
 */
export const safe = (work) => (...given) => {
  try {
    return work(...given);
  } catch {
    return undefined;
  }
};
