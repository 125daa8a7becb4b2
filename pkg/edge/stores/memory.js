/**
 * A store that forgets everything when the process ends: for tests, and for trying things out. It is also the plainest telling
 * of what a store has to do, which the tests hold the real one to.
 */

/** @typedef {import('../../edge.js').Store} Store */
/** @typedef {import('../../edge.js').Delivery} Delivery */

/** @typedef {import('../../edge.js').Arrival & { lead: string }} Kept */

/** @returns {Store} */
export function memoryStore() {
  /** @type {Map<string, Kept>} */
  const leads = new Map();
  /** @type {Map<string, Delivery>} */
  const deliveries = new Map();
  /** @type {Map<string, import('../../edge.js').Line>} */
  const lines = new Map();

  const of = (/** @type {string} */ destination) => [...deliveries.values()].filter((one) => one.destination === destination);
  const waiting = (/** @type {Delivery} */ { state }) => state === 'queued' || state === 'held';
  const name = (/** @type {string} */ lead, /** @type {string} */ destination) => JSON.stringify([lead, destination]);
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
      for (const { destination, ...delivery } of made.deliveries) {
        deliveries.set(name(id, destination), {
          lead: id,
          destination,
          state: 'queued',
          attempts: 0,
          strikes: 0,
          progress: null,
          unknown: false,
          code: null,
          status: null,
          remote: null,
          detail: null,
          ...delivery,
        });
      }
      return { id, fresh: true };
    },
    take(destination, now, most, until, leastTried = false) {
      const due = of(destination).filter((one) => waiting(one) && one.next <= now);
      due.sort((a, b) => (leastTried && a.attempts - b.attempts) || b.rank - a.rank || a.next - b.next || (a.lead < b.lead ? -1 : 1));
      return due.slice(0, most).map((one) => {
        const given = { ...one, attempts: one.attempts + 1 };
        Object.assign(one, { attempts: given.attempts, unknown: true, next: until });
        return given;
      });
    },
    mark(delivery) {
      const key = name(delivery.lead, delivery.destination);
      if (deliveries.has(key)) deliveries.set(key, { ...delivery });
    },
    hurry(destination, now) {
      for (const one of of(destination)) if (waiting(one)) one.next = Math.min(one.next, now);
    },
    due: (destination) => of(destination).filter(waiting).reduce((least, { next }) => Math.min(least ?? next, next), /** @type {number | null} */ (null)),
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
    list: (destination, state, most) => of(destination).filter((one) => one.state === state).slice(0, most).map((one) => ({ ...one })),
    find: (lead, destination) => deliveries.get(name(lead, destination)) ?? null,
    lead: (id) => leads.get(id)?.lead ?? null,
    amend(id, lead, changed, now) {
      const kept = leads.get(id);
      if (kept) kept.lead = lead;
      for (const { destination, payload, rank } of changed) {
        const one = deliveries.get(name(id, destination));
        if (one && one.state === 'queued' && one.attempts === 0) Object.assign(one, { payload, rank, next: Math.min(one.next, now) });
      }
    },
    erase(person) {
      const theirs = [...leads.values()].filter((one) => one.person === person);
      const sent = theirs.flatMap(({ id }) => [...deliveries.values()].filter(({ lead }) => lead === id));
      for (const { id } of theirs) remove(id);
      return sent.map(({ lead, destination, remote }) => ({ lead, destination, remote }));
    },
    prune(before) {
      const old = [...leads.values()].filter(({ id, at }) => at < before && ![...deliveries.values()].some((one) => one.lead === id && waiting(one)));
      for (const { id } of old) remove(id);
      return old.length;
    },
  };
}
