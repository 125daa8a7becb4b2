/**
 * The score in the page, where a page asks for one: `leadscore/runtime` and a program compiled for browsers are loaded when nothing
 * else is to be done, and the document fires `leadscore:change` whenever the value or the label is another. Without
 * them the tracker only notes.
 */

/** @typedef {import('../tracker.js').TrackedEvent} TrackedEvent */

/**
 * @param {import('../tracker.js').TrackOptions['score']} options
 * @param {() => TrackedEvent[]} events all that is known
 * @param {AbortSignal} stopped
 */
export function startScoring(options, events, stopped) {
  /** @type {import('../runtime.js').Scorer | undefined} */
  let scorer;
  let shown = '';

  const tell = () => {
    if (!scorer || !options || stopped.aborted) return;
    const known = events();
    // A clock that was moved back must not hide what has just been done.
    const asOf = Math.max(Date.now(), known.at(-1)?.at ?? 0);
    const score = scorer.score(options.facts?.() ?? {}, { events: known, asOf });
    const { value, labels: { total: label = null } } = score;
    if (shown === `${value} ${label}`) return;
    shown = `${value} ${label}`;
    document.dispatchEvent(new CustomEvent('leadscore:change', { detail: { value, label, score } }));
  };

  const start = async () => {
    if (!options || stopped.aborted) return;
    const { loadScorer, init } = await (options.load ?? (() => import('leadscore/runtime')))();
    const [program] = await Promise.all([fetch(options.program).then((answer) => answer.arrayBuffer()), init()]);
    scorer = loadScorer(program);
    tell();
  };

  if (options) whenIdle(() => void start().catch(() => {})); // no engine, no score: the log is what matters
  stopped.addEventListener('abort', () => scorer?.free());
  return { tell };
}

/** @param {() => void} work */
function whenIdle(work) {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work);
  else setTimeout(work, 1000); // Safari
}
