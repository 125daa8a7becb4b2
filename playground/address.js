/** The link that carries a model, and the lead where it is wanted: in the fragment, which no server sees, and compressed. */

/** @typedef {{ model: Record<string, any>, lead?: { name?: unknown, facts: any, events: any[] } }} Parcel */

/** What nobody shares: a link unpacks to this many characters at most. */
const MOST = 4_000_000;

/** @param {Parcel} parcel @returns {Promise<string>} */
export async function pack(parcel) {
  const stream = new Blob([JSON.stringify(parcel)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * @param {string} text
 * @returns {Promise<Parcel>} or a rejection, where the link was cut or was never one
 */
export async function unpack(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let json = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    json += part.value;
    if (json.length > MOST) throw new RangeError('expected a model, found more than one can be');
  }
  const parcel = JSON.parse(json);
  if (!parcel?.model || typeof parcel.model !== 'object') throw new TypeError('expected a model in the link');
  return parcel;
}
