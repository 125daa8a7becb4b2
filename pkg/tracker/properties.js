/** What the type of an event and its properties may be: short names, and flat values that fit into a log. */

/** Names that every event has, or to which the engine gives a meaning of its own. */
export const RESERVED = ['id', 'type', 'at', 'session', 'purpose', 'bot'];

/** The longest name and the longest text, in UTF-16 units, and the most properties of an event. */
export const LIMITS = { name: 40, text: 200, properties: 16 };

/** @typedef {Record<string, string | number | boolean>} Properties */

/**
 * A name without blanks, as the log needs it.
 * @param {unknown} name
 */
export const named = (name) => String(name).replace(/\s+/g, '_').slice(0, LIMITS.name);

/**
 * What can be told of the properties; anything nested is left out.
 * @param {Record<string, unknown>} properties
 */
export function flat(properties) {
  const kept = /** @type {Properties} */ ({});
  for (const [key, value] of Object.entries(properties).slice(0, LIMITS.properties)) {
    const name = named(key);
    if (!name || RESERVED.includes(name)) continue;
    if (typeof value === 'string') kept[name] = value.replaceAll('\0', '').slice(0, LIMITS.text);
    if (typeof value === 'boolean' || Number.isFinite(value)) kept[name] = /** @type {number} */ (value);
  }
  return kept;
}
