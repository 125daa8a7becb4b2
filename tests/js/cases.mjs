/** The corpus as it lies on disc, and the lines that every host has to give. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const tests = new URL('..', import.meta.url);

/** @param {string} folder @returns {Record<string, any>} the JSON files of a folder, by name */
function documents(folder) {
  const files = readdirSync(new URL(folder, tests)).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.sort().map((file) => [file.slice(0, -5), JSON.parse(read(`${folder}/${file}`))]));
}

/** @param {string} file */
function read(file) {
  return readFileSync(new URL(file, tests), 'utf8');
}

/** @returns {import('./corpus.mjs').Corpus} */
export function corpus() {
  const files = Object.entries(documents('cases')).map(([name, file]) => [name, file.suites ?? [file]]);
  return { models: documents('models'), files: Object.fromEntries(files) };
}

/**
 * Every line of every file, byte for byte.
 * @param {Record<string, string[]>} found lines by file
 */
export function assertGolden(found) {
  const { files } = corpus();
  assert.deepEqual(Object.keys(found), Object.keys(files));
  /** @type {string[]} */
  const wrong = [];
  for (const [name, lines] of Object.entries(found)) {
    const golden = read(`golden/${name}.jsonl`).trimEnd().split('\n');
    const cases = files[name].flatMap((suite) => suite.cases);
    if (golden.length !== cases.length) {
      wrong.push(`${name}: ${cases.length} cases, ${golden.length} golden lines (\`BLESS=1 cargo test\` writes them)`);
      continue;
    }
    for (const [i, line] of lines.entries()) {
      if (line !== golden[i]) wrong.push(`${name}, case ${i}: ${cases[i].say}\n  expected ${golden[i]}\n  found    ${line}`);
    }
  }
  assert.equal(wrong.length, 0, `${wrong.length} differ\n${wrong.join('\n')}`);
}
