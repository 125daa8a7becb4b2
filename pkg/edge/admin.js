/** What the owner of the website sees of the outbox and does to it, behind a token. */
import { Refusal } from './refusal.js';

/** @typedef {import('../edge.js').LeadOutbox} LeadOutbox */

const STATES = /** @type {const} */ (['queued', 'held', 'sent', 'merged', 'dead']);

/**
 * @param {Request} request
 * @param {{ token: string, keys: import('./keys.js').Keys, outbox: LeadOutbox, forget: (email: string) => Promise<unknown> }} to
 */
export async function adminAnswer(request, { token, keys, outbox, forget }) {
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  // The hashes are compared, which takes as long whatever is given.
  const [right] = await keys.signatures('admin', token);
  if (!(await keys.holds('admin', given, right))) throw new Refusal(401, 'wrong-token', 'expected the token of the administrator');

  const { searchParams } = new URL(request.url);
  if (request.method === 'GET') {
    const preview = searchParams.get('preview');
    if (preview) return answer({ requests: await outbox.preview(preview) });
    const [destination, state] = [searchParams.get('destination'), STATES.find((one) => one === searchParams.get('state'))];
    if (destination && searchParams.has('compare')) return compareAnswer(outbox, destination, searchParams.get('after') ?? '');
    if (destination && state) return answer({ deliveries: await outbox.list(destination, state) });
    return answer(await outbox.report());
  }
  if (request.method !== 'POST') throw new Refusal(405, 'unknown-method', 'expected GET or POST');
  const asked = await request.json().catch(() => undefined);
  if (typeof asked?.forget === 'string') return answer({ forgotten: await forget(asked.forget) });
  if (typeof asked?.replay === 'string' && ['undefined', 'string'].includes(typeof asked.lead)) {
    if (asked.payload !== undefined && asked.lead === undefined) {
      throw new Refusal(400, 'unknown-order', 'expected the `lead` that the payload is for');
    }
    return answer({ replayed: await outbox.replay(asked.replay, asked.lead, asked.payload) });
  }
  throw new Refusal(400, 'unknown-order', 'expected `{"replay": destination, "lead"?, "payload"?}` or `{"forget": email}`');
}

/** @param {LeadOutbox} outbox @param {string} destination @param {string} after */
async function compareAnswer(outbox, destination, after) {
  try {
    return answer(await outbox.compare(destination, after));
  } catch {
    throw new Refusal(502, 'not-compared', 'expected the CRM to tell what it has, and it did not');
  }
}

/** @param {object} value */
const answer = (value) => Response.json(value, { headers: { 'cache-control': 'no-store' } });
