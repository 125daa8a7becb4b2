/**
 * A store that forgets everything when the process ends: for tests, and for trying things out. It is also the plainest telling
 * of what a store has to do, which the tests hold the real one to.
 */
import { NEVER } from '../doubt.js';

/** @typedef {import('../../edge.js').Store} Store */
/** @typedef {import('../../edge.js').Delivery} Delivery */
/** @typedef {import('../../edge.js').Arrival & { lead: string }} Kept */

/** What can still be given another content: nothing of it can be anywhere. @param {Delivery} delivery */
const isOpen = ({ state, attempts }) => state === 'dead' || (attempts === 0 && (state === 'queued' || state === 'held'));

/** @returns {Store} */
export function memoryStore() {
  /** @type {Map<string, Kept>} */
  const leads = new Map();
  /** `amended`: what follows what is being delivered. @type {Map<string, Delivery & { amended: string | null }>} */
  const deliveries = new Map();
  /** @type {Map<string, import('../../edge.js').Line>} */
  const lines = new Map();
  /** @type {Map<string, import('../../edge.js').Token>} */
  const tokens = new Map();

  const of = (/** @type {string} */ destination) => [...deliveries.values()].filter((one) => one.destination === destination);
  const waiting = (/** @type {Delivery} */ { state }) => state === 'queued' || state === 'held';
  const name = (/** @type {string} */ lead, /** @type {string} */ destination) => JSON.stringify([lead, destination]);
  const shown = (/** @type {Delivery & { amended: string | null }} */ { amended, ...delivery }) => delivery;
  const add = (/** @type {string} */ lead, /** @type {Pick<Delivery, 'destination' | 'payload' | 'rank' | 'next' | 'state' | 'code'>} */ delivery) =>
    void deliveries.set(name(lead, delivery.destination), {
      lead,
      attempts: 0,
      strikes: 0,
      progress: null,
      unknown: false,
      status: null,
      remote: null,
      detail: null,
      revision: 1,
      amended: null,
      ...delivery,
    });
  const again = (/** @type {Delivery & { amended: string | null }} */ one, /** @type {number} */ now) => {
    if (one.amended === null || (one.state !== 'sent' && one.state !== 'merged')) return;
    const more = { payload: one.amended, amended: null, revision: one.revision + 1, attempts: 0, strikes: 0, progress: null, unknown: false };
    Object.assign(one, { ...more, state: 'queued', next: now });
  };
  const remove = (/** @type {string} */ lead) => {
    leads.delete(lead);
    for (const [key, delivery] of deliveries) if (delivery.lead === lead) deliveries.delete(key);
  };

  return {
    put({ spare, ...arrival }, make) {
      const same = [...leads.values()].find(({ print, at }) => print === arrival.print && at > arrival.since);
      const named = leads.get(arrival.id);
      if (same) return { id: same.id, fresh: false };
      if (named?.print === arrival.print) return { id: named.id, fresh: false };
      const id = named ? spare : arrival.id;
      const made = make(id);
      leads.set(id, { ...arrival, id, spare, lead: made.lead });
      for (const delivery of made.deliveries) add(id, delivery);
      return { id, fresh: true };
    },
    take(destination, now, most, until, leastTried = false) {
      const due = of(destination).filter((one) => waiting(one) && one.next <= now);
      due.sort((a, b) => (leastTried && a.attempts - b.attempts) || b.rank - a.rank || a.next - b.next || (a.lead < b.lead ? -1 : 1));
      return due.slice(0, most).map((one) => {
        const given = { ...shown(one), attempts: one.attempts + 1 };
        Object.assign(one, { attempts: given.attempts, unknown: true, next: until });
        return given;
      });
    },
    mark(delivery, now) {
      const one = deliveries.get(name(delivery.lead, delivery.destination));
      if (one) again(Object.assign(one, delivery), now);
    },
    hurry(destination, now) {
      for (const one of of(destination)) if (waiting(one) && one.next < NEVER) one.next = Math.min(one.next, now);
    },
    due(destination) {
      const instants = of(destination).filter((one) => waiting(one) && one.next < NEVER).map(({ next }) => next);
      return instants.length === 0 ? null : Math.min(...instants);
    },
    line: (destination) => lines.get(destination) ?? null,
    keepLine: (destination, line) => void lines.set(destination, { ...line }),
    counts() {
      /** @type {Map<string, { destination: string, state: import('../../edge.js').DeliveryState, count: number, oldest: number }>} */
      const counts = new Map();
      for (const { lead, destination, state } of deliveries.values()) {
        const at = /** @type {Kept} */ (leads.get(lead)).at;
        const known = counts.get(destination + state) ?? { destination, state, count: 0, oldest: at };
        counts.set(destination + state, { ...known, count: known.count + 1, oldest: Math.min(known.oldest, at) });
      }
      return [...counts.values()];
    },
    page: (destination, after, most) =>
      of(destination)
        .filter(({ lead }) => lead > after)
        .sort((a, b) => (a.lead < b.lead ? -1 : 1))
        .slice(0, most)
        .map(shown),
    list: (destination, state, most) => of(destination).filter((one) => one.state === state).slice(0, most).map(shown),
    find(lead, destination) {
      const one = deliveries.get(name(lead, destination));
      return one ? shown(one) : null;
    },
    lead: (id) => leads.get(id)?.lead ?? null,
    amend(id, lead, changed, now) {
      const kept = leads.get(id);
      if (!kept) return;
      kept.lead = lead;
      for (const { destination, payload, rank, updates } of changed) {
        const one = deliveries.get(name(id, destination));
        if (!one) {
          const doubtful = [...deliveries.values()].some((other) => other.lead === id && other.next === NEVER);
          if (!doubtful) add(id, { destination, payload, rank, next: now, state: 'queued', code: null });
        } else if (isOpen(one)) {
          Object.assign(one, { payload, rank, next: one.next < NEVER ? Math.min(one.next, now) : NEVER });
        } else if (updates) {
          // One that is being delivered, or was, is followed by another with the new content.
          again(Object.assign(one, { rank, amended: one.payload === payload ? null : payload }), now);
        }
      }
    },
    spend(token) {
      const known = tokens.get(token.id);
      const fresh = !known || token.place > known.place || (token.place === known.place && token.who === known.who);
      if (fresh) tokens.set(token.id, token);
      return fresh;
    },
    isSpent: (id) => tokens.has(id),
    ofVisitor: (visitor) => [...leads.values()].filter((one) => visitor !== '' && one.visitor === visitor).map(({ lead }) => lead),
    erase(of, who) {
      const theirs = [...leads.values()].filter((one) => who !== '' && one[of] === who);
      const sent = theirs.flatMap(({ id }) => [...deliveries.values()].filter(({ lead }) => lead === id));
      for (const { id } of theirs) remove(id);
      return sent.map(({ lead, destination, remote }) => ({ lead, destination, remote }));
    },
    prune(before, now) {
      const old = [...leads.values()].filter(({ id, at }) => at < before && ![...deliveries.values()].some((one) => one.lead === id && waiting(one)));
      for (const { id } of old) remove(id);
      for (const [id, { until }] of tokens) if (until < now) tokens.delete(id);
      return old.length;
    },
  };
}
