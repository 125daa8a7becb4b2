/**
 * Whether somebody showed to a check that they are no program: Turnstile's, or another behind the same hook. A check that cannot be
 * asked costs nobody their lead.
 */

/** @typedef {import('../edge.js').HumanCheck} HumanCheck */

const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';
/** No token is longer. */
const LONGEST = 2048;
/** What is wrong with us, and not with the visitor. */
const OURS = /^(missing-input-secret|invalid-input-secret|bad-request|internal-error)$/;

/** @type {typeof import('../edge.js').turnstile} */
export function turnstile({ secret, hostnames = null, fetch = (/** @type {Request} */ request) => globalThis.fetch(request), url = SITEVERIFY }) {
  return {
    field: 'cf-turnstile-response',
    async check(token, { address, key, signal }) {
      if (token.length > LONGEST) return false;
      const asked = { secret, response: token, idempotency_key: key, ...(address && { remoteip: address }) };
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked), signal };
      // A token counts once; under the same key it may be asked for again.
      for (let left = 1; ; left--) {
        const answer = await fetch(new Request(url, init)).then((response) => response.json());
        if (answer?.success === true) return hostnames === null || hostnames.includes(answer.hostname);
        const codes = Array.isArray(answer?.['error-codes']) ? answer['error-codes'] : ['internal-error'];
        if (!codes.some((code) => OURS.test(code))) return false;
        if (left === 0 || !codes.includes('internal-error')) throw new TypeError('expected a check that works');
      }
    },
  };
}

/**
 * @param {HumanCheck} human
 * @param {string | undefined} token
 * @param {{ address: string | null, print: string, timeout: number }} known
 * @returns {Promise<'passed' | 'failed-check' | 'no-check' | 'unverified'>}
 */
export async function checked(human, token, { address, print, timeout }) {
  if (!token) return 'no-check';
  const signal = AbortSignal.timeout(timeout);
  const late = new Promise((resolve) => signal.addEventListener('abort', () => resolve('late')));
  try {
    const passed = await Promise.race([human.check(token, { address, key: await keyOf(print + token), signal }), late]);
    if (passed === true) return 'passed';
    return passed === false ? 'failed-check' : 'unverified';
  } catch {
    return 'unverified';
  }
}

/** A UUID that is the same for the same form with the same token, so that a double click passes twice. @param {string} text */
async function keyOf(text) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
