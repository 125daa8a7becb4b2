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
  for (const [name, lines] of Object.entries(found)) {
    const golden = read(`golden/${name}.jsonl`).trimEnd().split('\n');
    const cases = files[name].flatMap((suite) => suite.cases);
    assert.equal(golden.length, cases.length, `${name}: one golden line for each case (write them with BLESS=1)`);
    for (const [i, line] of lines.entries()) assert.equal(line, golden[i], `${name}, case ${i}: ${cases[i].say}`);
  }
}
