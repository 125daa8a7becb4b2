/**
 * What every host is asked, and what it has to answer: the score of the README's first model, and the error of
 * a broken one. Both come from README.md, so that the hosts are held to what a reader sees.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../../scripts/shell.mjs';

/**
 * @typedef {object} Question
 * @property {typeof BUILDS[number]} build how the package is imported
 * @property {string} open what makes a scorer there
 * @property {string} answer source of a module that asks: `answer(LeadscoreError, init, open)` gives one line
 * @property {string} expected that line
 */

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const [, model] = matched(/^```json\n(.*?)^```$/ms);
const [, code, value] = matched(/^```js\n(import .*? 'node:fs';.*?)^```\s+^```text\n(\S+ \S+) /ms);
const [, facts] = matched(/const facts = (.*);/, code);
const [, events] = matched(/const events = (.*);/, code);
const [, asOf] = matched(/asOf: '(.*?)'/, code);

export const BUILDS = /** @type {const} */ (['leadscore', 'leadscore/runtime']);

/**
 * @param {typeof BUILDS[number]} build
 * @returns {Promise<Question | null>} `null` when it is not built
 */
export async function questionFor(build) {
  if (build === 'leadscore') return full();
  return existsSync(join(root, 'pkg', 'wasm', 'runtime')) ? runtime() : null;
}

/** @returns {Question} */
function full() {
  const broken = { ...JSON.parse(model), dimenzions: [] };
  return question('leadscore', 'createScorer', model, JSON.stringify(broken), 'unknown-field');
}

/** @returns {Promise<Question>} */
async function runtime() {
  const { compileModel } = /** @type {any} */ (await import('leadscore'));
  const program = /** @type {Uint8Array} */ (compileModel(model));
  const [whole, broken] = [program, program.subarray(1)].map((bytes) => {
    return `Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (c) => c.charCodeAt(0))`;
  });
  return question('leadscore/runtime', 'loadScorer', whole, broken, 'not-a-program');
}

/**
 * @param {Question['build']} build
 * @param {string} open
 * @param {string} given source of what is opened
 * @param {string} broken source of what is refused
 * @param {string} code of that refusal
 * @returns {Question}
 */
function question(build, open, given, broken, code) {
  const answer = `
    const [GIVEN, BROKEN] = [${given}, ${broken}];

    export async function answer(LeadscoreError, init, open) {
      await init();
      const { value, labels } = open(GIVEN).score(${facts}, { events: ${events}, asOf: '${asOf}' });
      try {
        open(BROKEN);
        return 'expected an error';
      } catch (error) {
        const known = error instanceof LeadscoreError && error instanceof Error;
        return \`\${value} \${labels.total}, \${known && error.name} \${error.code}\`;
      }
    }`;
  return { build, open, answer, expected: `${value}, LeadscoreError ${code}` };
}

/**
 * The files of a program that asks.
 * @param {Question} question
 * @param {(line: string) => string} use source of what it does, given that of a promise of the line, or of the error that came instead
 * @param {{ from?: string, as?: string }} [options] where the package is, for hosts without a resolver; the program's path
 */
export function program({ build, open, answer }, use, { from = build, as = 'main.js' } = {}) {
  const main = `
    import { LeadscoreError, init, ${open} } from '${from}';
    import { answer } from './answer.js';
    ${use(`answer(LeadscoreError, init, ${open}).catch(String)`)};`;
  return { [as]: main, [posix.join(posix.dirname(as), 'answer.js')]: answer };
}

/**
 * @param {RegExp} pattern
 * @param {string} [text]
 */
function matched(pattern, text = readme) {
  const found = text.match(pattern);
  assert(found, `README.md shows no example like ${pattern}`);
  return found;
}
