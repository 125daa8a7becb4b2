/**
 * The loop around one contender. It is imported anew for each of them, by a query of its own: code that
 * several share is compiled for none of them in particular.
 */

/**
 * @param {(input: any) => any} score
 * @param {any[]} inputs gone through again and again
 * @param {number} times
 */
export function loop(score, inputs, times) {
  let sum = 0; // what nobody looks at need not be worked out
  for (let i = 0, at = 0; i < times; i++) {
    const result = score(inputs[at]);
    sum += typeof result === 'number' ? result : result.score;
    if (++at === inputs.length) at = 0;
  }
  return sum;
}

/**
 * The same for contenders that give promises.
 * @param {(input: any) => any} score
 * @param {any[]} inputs
 * @param {number} times
 */
export async function patientLoop(score, inputs, times) {
  let sum = 0;
  for (let i = 0, at = 0; i < times; i++) {
    const result = await score(inputs[at]);
    sum += typeof result === 'number' ? result : result.score;
    if (++at === inputs.length) at = 0;
  }
  return sum;
}
