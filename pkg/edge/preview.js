/** What would be sent for a lead, for those who want to see it before anything is: the requests, without secrets. */

/** @typedef {import('../edge.js').Lead} Lead */

/**
 * The first request of each destination that wants the lead.
 * @param {Iterable<[string, import('../edge.js').Connector]>} destinations
 * @param {Lead} lead
 * @param {number} now
 */
export async function previewOf(destinations, lead, now) {
  /** @type {Record<string, import('../edge.js').VendorRequest>} */
  const requests = {};
  for (const [name, connector] of destinations) {
    if (!(connector.wants?.(lead) ?? true)) continue;
    const attempt = { id: lead.id, now, progress: null, unknown: false, revision: 1 };
    const request = await connector.request(JSON.parse(JSON.stringify(connector.payload(lead))), attempt);
    // What asks for a token is a secret as a whole.
    const body = request.headers['content-type'] === 'application/x-www-form-urlencoded' && /client_secret=/.test(request.body ?? '') ? '…' : request.body;
    requests[name] = { ...request, headers: withoutSecrets(request.headers), ...(body !== undefined && { body }) };
  }
  return requests;
}

/** @param {Record<string, string>} headers */
function withoutSecrets(headers) {
  const open = new Set(['content-type', 'accept', 'webhook-id', 'webhook-timestamp']);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, open.has(name.toLowerCase()) ? value : '…']));
}
