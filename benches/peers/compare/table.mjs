/** What was measured, as the table that stands in README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { UNIT } from './contenders.mjs';
import { doors } from './doors.mjs';

/** @typedef {import('./contenders.mjs').Contender} Contender */
/** @typedef {{ times: Map<import('./doors.mjs').Door, import('./speed.mjs').Time>, download: number, cold: number }} Measured */

const README = fileURLToPath(new URL('../../../README.md', import.meta.url));
const BEGIN = '<!-- written by `npm run bench:peers` -->';
const END = '<!-- as far as here -->';

/**
 * @param {Map<Contender, Measured>} measured
 * @param {number} rounds
 */
export function table(measured, rounds) {
  const rows = [...measured].sort(([a, x], [b, y]) => place(a, x) - place(b, y));
  const heads = ['', ...doors.map(({ title }) => title), 'Download', 'Cold start'];
  const lines = [heads, ['---', ...heads.slice(1).map(() => '---:')], ...rows.map(([contender, measured]) => row(contender, measured))];
  const machine = `Node ${process.versions.node} on ${availableParallelism()} cores of ${cpus()[0].model}`;
  const notes = `¹ Needs \`eval\`, which edge workers and strict pages refuse. ${machine}, median of ${rounds} rounds.`;
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), '', notes].join('\n');
}

/** @param {string} text */
export function writeIntoReadme(text) {
  const readme = readFileSync(README, 'utf8');
  const [before, rest] = readme.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (after === undefined) throw new Error(`expected ${BEGIN} and ${END} in README.md`);
  writeFileSync(README, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

/**
 * leadscore, then the others from fast to slow.
 * @param {Contender} contender
 * @param {Measured} measured
 */
function place({ id }, { times }) {
  return id === 'leadscore' ? 0 : (times.get(doors[0])?.ratio ?? Infinity);
}

/**
 * @param {Contender} contender
 * @param {Measured} measured
 */
function row({ id, meta }, { times, download, cold }) {
  const name = `${meta.name}${meta.needsEval ? ' ¹' : ''}`;
  const cells = doors.map((door) => {
    const time = times.get(door);
    if (!time) return '–';
    return id === UNIT ? absolute(time.nanoseconds * (door.many ? 100_000 : 1)) : `${digits(time.ratio)} ×`;
  });
  return [id === 'leadscore' ? `**${name}**` : name, ...cells, `${digits(download / 1000)} kB`, `${digits(cold)} ms`];
}

/** @param {number} nanoseconds */
function absolute(nanoseconds) {
  return nanoseconds < 1e6 ? `${digits(nanoseconds / 1000)} µs` : `${digits(nanoseconds / 1e6)} ms`;
}

/**
 * Two that mean something.
 * @param {number} value
 */
function digits(value) {
  return value >= 9.95 ? value.toFixed(0) : value >= 0.995 ? value.toFixed(1) : value.toFixed(2);
}
