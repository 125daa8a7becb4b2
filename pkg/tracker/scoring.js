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
  const visitor = scorer.visitor();
  const applied = /** @type {Set<string>} */ (new Set());
  let visitorId = '';
  let told = '';

  const tell = () => {
    const known = events();
    const whose = known[0]?.id.split('.')[0] ?? '';
    if (whose !== visitorId) {
      // Consent was taken back, or what another tab has stored is another visitor's.
      visitor.forget();
      applied.clear();
      visitorId = whose;
    }
    visitor.apply(known.filter(({ id }) => !applied.has(id)));
    for (const { id } of known) applied.add(id);
    // A clock that was moved back must not hide what has just been done.
    const asOf = Math.max(Date.now(), known.at(-1)?.at ?? 0);
    const score = visitor.score(facts?.() ?? {}, { asOf });
    const { value, labels } = score;
    const label = labels.total ?? null;
    if (told === `${value} ${label}`) return;
    told = `${value} ${label}`;
    document.dispatchEvent(new CustomEvent('leadscore:change', { detail: { value, label, score } }));
  };

  const free = () => {
    visitor.free();
    scorer.free();
  };
  return { tell, free };
}
