/** A model as text: what fits stands on one line, as a person would write it. */

const WIDE = 88;

/** @param {unknown} value @param {string} [before] what stands before it on its line @param {string} [margin] @returns {string} */
export function laid(value, before = '', margin = '') {
  const line = oneLine(value);
  const small = margin !== '' && before.length + line.length <= WIDE;
  if (small || typeof value !== 'object' || value === null || line.length <= 2) return line;
  const listed = Array.isArray(value);
  const inner = `${margin}  `;
  const entries = listed
    ? value.map((item) => laid(item, inner, inner))
    : Object.entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + laid(item, inner + name, inner);
      });
  const [open, close] = listed ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${margin}${close}`;
}

/** @param {unknown} value @returns {string} */
function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}
