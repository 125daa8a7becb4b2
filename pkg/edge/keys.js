/**
 * The keys of the edge, all made of one secret: each has one use, and is worth nothing for another or for another site. During a
 * change of the secret what the old one signed still holds. WebCrypto alone.
 */
import { LeadscoreError } from '../src/error.js';

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

export class Keys {
  /** @type {string[]} */
  #secrets;
  #site;
  /** @type {Map<string, Promise<CryptoKey[]>>} */
  #keys = new Map();

  /** @param {string | readonly string[]} secret the new one first @param {string} site */
  constructor(secret, site) {
    this.#secrets = [secret].flat();
    this.#site = site;
    if (this.#secrets.length === 0 || this.#secrets.some((one) => typeof one !== 'string' || one.length < 32)) {
      throw new LeadscoreError('invalid-secret', 'secret', 'expected a secret of at least 32 letters');
    }
  }

  /**
   * A text's signatures as base64url, that of the new secret first.
   * @param {string} use
   * @param {string} text
   */
  async signatures(use, text) {
    const keys = await this.#of(use);
    return Promise.all(keys.map(async (key) => base64url(await crypto.subtle.sign('HMAC', key, bytes(text)))));
  }

  /**
   * @param {string} use
   * @param {string} text
   * @param {string} signature
   */
  async holds(use, text, signature) {
    const given = bytesOf(signature);
    if (!given) return false;
    const keys = await this.#of(use);
    const held = await Promise.all(keys.map((key) => crypto.subtle.verify('HMAC', key, given, bytes(text))));
    return held.includes(true);
  }

  /** @param {string} use */
  #of(use) {
    const known = this.#keys.get(use);
    if (known) return known;
    const made = Promise.all(this.#secrets.map((secret) => derived(secret, `leadscore ${this.#site} ${use}`)));
    this.#keys.set(use, made);
    return made;
  }
}

/** @param {string} secret @param {string} info */
async function derived(secret, info) {
  const whole = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes(info) };
  return crypto.subtle.deriveKey(how, whole, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify']);
}

/** @param {ArrayBuffer} buffer */
function base64url(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text */
function bytesOf(text) {
  if (!/^[\w-]{43}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
