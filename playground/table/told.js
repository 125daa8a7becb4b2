/** Says what the worker has to say, with its numbers as the language writes them. */
import { words } from '../state.js';

/** @param {import('./reading.js').Said} said */
export function told({ key, values = {} }) {
  const { say, number } = words.value;
  const shown = Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]);
  return say(key, Object.fromEntries(shown));
}
