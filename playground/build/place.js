/** From the path of an issue to its place in the text of a model. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/** @param {string} path such as `dimensions[0].groups[1].cap` @param {string} text @returns {{ from: number, to: number } | null} */
export function placeIn(path, text) {
  const tree = parseTree(text);
  if (!tree) return null;
  const steps = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, key, place, name]) =>
    place === undefined ? (key ?? name) : Number(place),
  );
  for (let length = steps.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, steps.slice(0, length));
    if (node) return { from: node.offset, to: node.offset + node.length };
  }
  return null;
}

/** Selects the place in the editor, and brings it into sight. @param {string} path */
export function showInJson(path) {
  const editor = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('json'));
  const place = editor && placeIn(path, editor.value);
  if (!editor || !place) return;
  editor.focus();
  editor.setSelectionRange(place.from, Math.min(place.to, place.from + 200));
  const lines = editor.value.slice(0, place.from).split('\n').length;
  editor.scrollTop = (lines - 4) * parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}
