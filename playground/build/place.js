/** From an issue to its place in the text of a model. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/** @param {{ code: string, path: string, message: string }} issue @param {string} text @returns {{ from: number, to: number }} */
export function placeOf({ code, path, message }, text) {
  const told = / at line (\d+) column (\d+)$/.exec(message); // a text that is no JSON has no paths
  if (told) {
    const marked = markedAt(text, Number(told[1]), Number(told[2]));
    const key = code === 'duplicate-key' && /"(?:[^"\\]|\\.)*"\s*$/.exec(text.slice(0, marked.from)); // found at its end
    return key ? { from: key.index, to: key.index + key[0].trimEnd().length } : marked;
  }
  const tree = parseTree(text);
  const steps = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, key, place, name]) =>
    place === undefined ? (key ?? name) : Number(place),
  );
  for (let length = steps.length; tree && length > 0; length--) {
    const node = findNodeAtLocation(tree, steps.slice(0, length));
    if (!node) continue;
    const [key] = node.parent?.type === 'property' ? (node.parent.children ?? []) : [];
    const from = key?.offset ?? node.offset;
    const end = node.offset + node.length;
    const line = text.indexOf('\n', from);
    return { from, to: line < 0 || end <= line ? end : key ? key.offset + key.length : line }; // one line is enough to see it
  }
  return { from: 0, to: Math.min(1, text.length) };
}

/** @param {string} text @param {number} line @param {number} column in characters, both from 1 */
function markedAt(text, line, column) {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const from = Math.min(start + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length, text.length);
  const word = /^("[^"\n]*"?|[\w.-]+|\S)/.exec(text.slice(from))?.[0].length ?? 0;
  return word > 0 ? { from, to: from + word } : { from: Math.max(0, from - 1), to: from };
}
