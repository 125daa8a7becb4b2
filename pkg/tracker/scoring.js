/**
 * The score in the page, where a page asks for one. It is loaded when nothing else is to be done, with `leadscore/runtime` and a
 * program compiled for browsers, and the document fires `leadscore:change` whenever the value or the label is another.
 */

/** @typedef {import('../tracker.js').TrackedEvent} TrackedEvent */

/**
 * @param {NonNullable<import('../tracker.js').TrackOptions['score']>} options
 * @param {() => TrackedEvent[]} events all that is known
 * @returns {Promise<{ add: (event: TrackedEvent) => void, restart: () => void, free: () => void }>}
 */
export async function startScoring({ program, facts, load = () => import('leadscore/runtime') }, events) {
  const { init, loadScorer } = await load();
  const [bytes] = await Promise.all([fetch(program).then((answer) => answer.arrayBuffer()), init()]);
  const scorer = loadScorer(bytes);
  const visitor = scorer.visitor();
  let latest = 0;
  let told = '';

  const add = (/** @type {TrackedEvent | TrackedEvent[]} */ known) => {
    visitor.apply(known);
    latest = Math.max(latest, ...[known].flat().map(({ at }) => at));
    // A clock that was moved back must not hide what has just been done.
    const score = visitor.score(facts?.() ?? {}, { asOf: Math.max(Date.now(), latest) });
    const { value, labels } = score;
    const label = labels.total ?? null;
    if (told === `${value} ${label}`) return;
    told = `${value} ${label}`;
    document.dispatchEvent(new CustomEvent('leadscore:change', { detail: { value, label, score } }));
  };

  return {
    add,
    /** When consent was given or taken back, or another tab has written. */
    restart() {
      visitor.forget();
      add(events());
    },
    free() {
      visitor.free();
      scorer.free();
    },
  };
}
