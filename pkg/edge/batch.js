/**
 * Many leads in one request, where a vendor takes that. What is said of one lead is that lead's; what is said of the whole is nobody's
 * fault as long as it may be that of one, so then each goes by itself.
 */
import { textOf } from './attempt.js';

/** @typedef {import('../edge.js').Connector} Connector */
/** @typedef {import('../edge.js').Delivery} Delivery */
/** @typedef {import('../edge.js').Verdict} Verdict */

/** A token that has to be asked for, and once more when it was too old. */
const STEPS = 4;

/**
 * Those that go together, and those that have to go by themselves: what an earlier attempt has begun, and a second of one key.
 * @param {Connector} connector
 * @param {Delivery[]} deliveries
 * @param {Set<string>} singly leads that have to
 */
export function together({ batch }, deliveries, singly) {
  /** @type {Set<string>} */
  const keys = new Set();
  /** @type {{ many: Delivery[], alone: Delivery[] }} */
  const parts = { many: [], alone: [] };
  for (const one of deliveries) {
    const key = batch?.key(JSON.parse(one.payload)) || one.lead;
    const fits = batch && one.progress === null && !singly.has(one.lead) && !keys.has(key);
    keys.add(key);
    parts[fits ? 'many' : 'alone'].push(one);
  }
  return parts.many.length > 1 ? parts : { many: [], alone: deliveries };
}

/**
 * @param {Connector} connector
 * @param {Delivery[]} deliveries
 * @param {{ fetch: (request: Request) => Promise<Response>, now: () => number, timeout: number }} by
 * @returns {Promise<{ status: number | null, requests: number, verdicts: (Verdict | null)[] }>} `null` where a lead has to go by itself
 */
export async function attemptedTogether({ batch }, deliveries, { fetch, now, timeout }) {
  const items = deliveries.map(({ lead, payload }) => ({ id: lead, payload: JSON.parse(payload) }));
  /** @param {Verdict | null} verdict */
  const all = (verdict) => deliveries.map(() => verdict);
  for (let requests = 1; batch && requests <= STEPS; requests++) {
    try {
      const { url, ...request } = await batch.request(items);
      const response = await fetch(new Request(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(timeout) }));
      const answer = { status: response.status, headers: response.headers, body: await textOf(response, 2 ** 20) };
      const meant = batch.classify(answer, items, now());
      if (Array.isArray(meant)) return { status: response.status, requests, verdicts: meant };
      if (meant.verdict === 'next') continue;
      return { status: response.status, requests, verdicts: all(meant.verdict === 'dead' ? null : meant) };
    } catch {
      return { status: null, requests, verdicts: all({ verdict: 'retry', code: 'no-answer' }) };
    }
  }
  return { status: null, requests: STEPS, verdicts: all(null) };
}
