/**
 * The score in the page, where a page asks for one. It is loaded when nothing else is to be done, with `leadscore/runtime` and a
 * program compiled for browsers, and the document fires `leadscore:change` whenever the value or the label is another.
 */

import { safe } from './safe.js';

/** @typedef {import('../tracker.js').TrackedEvent} TrackedEvent */

/** Of what is stored so many events are taken in at once. */
const AT_ONCE = 100;

/** The page comes first: whoever does something meanwhile is answered between two parts of the work. */
const turn = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(port1.close());
    port2.postMessage(0);
  });

/**
 * @param {NonNullable<import('../tracker.js').TrackOptions['score']>} options
 * @param {() => TrackedEvent[]} events all that is known
 * @returns {Promise<{ add: (event: TrackedEvent) => void, restart: () => Promise<void>, free: () => void }>}
 */
export async function startScoring({ program, facts, load = () => import('leadscore/runtime') }, events) {
  const { init, loadScorer } = await load();
  const [bytes] = await Promise.all([fetch(program).then((answer) => answer.arrayBuffer()), init()]);
  await turn();
  const scorer = loadScorer(bytes);
  const visitor = scorer.visitor();
  /** Counts the times it began again; whoever is behind stops. */
  let start = 0;
  let ready = true;
  let latest = 0;
  /** @type {unknown} */
  let told;

  const take = (/** @type {TrackedEvent[]} */ known) => {
    visitor.apply(known);
    latest = known.reduce((latest, { at }) => Math.max(latest, at), latest);
  };

  const tell = safe(() => {
    // A clock that was moved back must not hide what has just been done.
    const asOf = Math.max(Date.now(), latest);
    const known = facts?.() ?? {};
    const value = visitor.value(known, asOf);
    if (value === told) return;
    told = value;
    /** @type {import('../leadscore.js').Score | undefined} */
    let whole;
    const detail = {
      value,
      get label() {
        return this.score.labels.total ?? null;
      },
      // Looking ahead takes a hundred times longer than adding up, so it is for those who ask.
      get score() {
        return (whole ??= visitor.score(known, { asOf }));
      },
    };
    document.dispatchEvent(new CustomEvent('leadscore:change', { detail }));
  });

  return {
    add(event) {
      take([event]);
      if (ready) tell();
    },
    /** When consent was given or taken back, or another tab has written. */
    async restart() {
      const mine = ++start;
      ready = false;
      visitor.forget();
      const known = events();
      for (let from = 0; from < known.length; from += AT_ONCE) {
        await turn();
        if (mine !== start) return;
        take(known.slice(from, from + AT_ONCE));
      }
      await turn();
      if (mine !== start) return;
      ready = true;
      tell();
    },
    free() {
      start++;
      visitor.free();
      scorer.free();
    },
  };
}
