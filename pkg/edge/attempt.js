/** One request to a vendor, and what its answer means. It keeps nothing, and decides nothing about when. */

/** @typedef {import('../edge.js').Connector} Connector */
/** @typedef {import('../edge.js').Delivery} Delivery */
/** @typedef {import('../edge.js').Verdict} Verdict */

/** No connector needs as many requests for one lead. */
const STEPS = 8;

/** Of an answer no more is read. */
const LONGEST = 65_536;

/**
 * What throws was not answered.
 * @param {Connector} connector
 * @param {Delivery} delivery
 * @param {number} step
 * @param {{ fetch: (request: Request) => Promise<Response>, now: () => number, timeout: number }} by
 * @returns {Promise<{ verdict: Verdict, status: number | null }>}
 */
export async function attempted(connector, { lead, payload, progress, unknown, revision }, step, { fetch, now, timeout }) {
  // A vendor that leads in a circle is one that does not work.
  if (step > STEPS) return { verdict: { verdict: 'retry', code: 'endless' }, status: null };
  const attempt = { id: lead, now: now(), progress: progress === null ? null : JSON.parse(progress), unknown, revision };
  try {
    const { url, ...request } = await connector.request(JSON.parse(payload), attempt);
    // A redirection is not followed: what was signed for one address is not for another.
    const response = await fetch(new Request(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(timeout) }));
    const answer = { status: response.status, headers: response.headers, body: await textOf(response) };
    return { verdict: connector.classify(answer, attempt), status: response.status };
  } catch {
    return { verdict: { verdict: 'retry', code: 'no-answer' }, status: null };
  }
}

/** The beginning of an answer. @param {Response} response @param {number} [most] letters */
export async function textOf(response, most = LONGEST) {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of /** @type {any} */ (response.body)) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > most) break;
  }
  return text;
}
