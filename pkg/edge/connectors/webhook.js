/**
 * A webhook signed by Standard Webhooks (https://www.standardwebhooks.com): the connector for everything that has none. The id is the
 * lead's at each attempt, so that a receiver knows one that it has; what became known later goes under one of its own. Instant and
 * signature are the attempt's.
 */
import { LeadscoreError } from '../../src/error.js';
import { conventional, isSuccess } from './answers.js';
import { listed } from './found.js';

/** @typedef {import('../../edge.js').Connector} Connector */
/** @typedef {import('../../edge.js').Lead} Lead */

const PREFIX = 'whsec_';

/**
 * @param {Parameters<typeof import('../../edge.js').webhook>[0]} options
 * @returns {Connector}
 */
export function webhook({ url, secret, headers = {}, cloudEvents = null, lookup, rate = { requests: 20, per: 1000 } }) {
  const keys = [secret].flat().map(keyOf);

  return {
    rate,
    updates: true,
    lookup: listed(lookup),
    payload: (lead) => (cloudEvents ? cloudEvent(lead, cloudEvents.source) : plain(lead)),
    async request(payload, { id: lead, now, revision = 1 }) {
      const id = revision > 1 ? `${lead}.${revision}` : lead;
      const body = JSON.stringify(payload);
      const timestamp = String(Math.floor(now / 1000));
      const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
      const signatures = await Promise.all(keys.map(async (key) => `v1,${base64(await crypto.subtle.sign('HMAC', await key, signed))}`));
      return {
        url,
        method: 'POST',
        headers: {
          ...headers,
          'content-type': cloudEvents ? 'application/cloudevents+json' : 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatures.join(' '),
        },
        body,
      };
    },
    classify(answer, { now }) {
      if (isSuccess(answer.status)) return { verdict: 'sent' };
      return answer.status === 409 ? { verdict: 'merged' } : conventional(answer, now);
    },
  };
}

/** @param {Lead} lead */
const plain = (lead) => ({ type: 'lead.scored', timestamp: new Date(lead.amendedAt ?? lead.at).toISOString(), data: lead });

/** The structured mode of CloudEvents 1.0. @param {Lead} lead @param {string} source */
const cloudEvent = (lead, source) => ({
  specversion: '1.0',
  id: lead.amendedAt === undefined ? lead.id : `${lead.id}.${lead.amendedAt}`,
  source,
  type: 'lead.scored',
  time: new Date(lead.amendedAt ?? lead.at).toISOString(),
  datacontenttype: 'application/json',
  data: lead,
});

/** @param {string} secret */
function keyOf(secret) {
  const bytes = secret.startsWith(PREFIX) ? bytesOf(secret.slice(PREFIX.length)) : undefined;
  if (!bytes || bytes.length < 24 || bytes.length > 64) {
    throw new LeadscoreError('invalid-secret', 'secret', `expected \`${PREFIX}\` and 24 to 64 bytes as base64`);
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** @param {string} text */
function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** @param {ArrayBuffer} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
