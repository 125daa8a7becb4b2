/**
 * The score in the page, where a page asks for one. It is loaded when nothing else is to be done, with `leadscore/runtime` and a
 * program compiled for browsers, and the document fires `leadscore:change` whenever the value or the label is another.
 */

/** @typedef {import('../tracker.js').TrackedEvent} TrackedEvent */

/**
 * @param {NonNullable<import('../tracker.js').TrackOptions['score']>} options
 * @param {() => TrackedEvent[]} events all that is known
 * @returns {Promise<{ tell: () => void, free: () => void }>}
 */
export async function startScoring({ program, facts, load = () => import('leadscore/runtime') }, events) {
  const { init, loadScorer } = await load();
  const [bytes] = await Promise.all([fetch(program).then((answer) => answer.arrayBuffer()), init()]);
  const scorer = loadScorer(bytes);
  let shown = '';

  const tell = () => {
    const known = events();
    // A clock that was moved back must not hide what has just been done.
    const asOf = Math.max(Date.now(), known.at(-1)?.at ?? 0);
    const score = scorer.score(facts?.() ?? {}, { events: known, asOf });
    const { value, labels } = score;
    const label = labels.total ?? null;
    if (shown === `${value} ${label}`) return;
    shown = `${value} ${label}`;
    document.dispatchEvent(new CustomEvent('leadscore:change', { detail: { value, label, score } }));
  };
  return { tell, free: () => scorer.free() };
}
