/**
 * `npm run bench:peers`: installs the peers, sees to it that all give the same results, measures them
 * together in one run, and writes the table into README.md. With `--only leadscore,generated` or
 * `--rounds 3` it is quick, prints the table, and leaves README.md as it is.
 */
import { parseArgs } from 'node:util';
import { build } from '../../../scripts/build.mjs';
import { setup } from '../../../scripts/setup.mjs';
import { say, stop } from '../../../scripts/shell.mjs';
import { model } from '../workload/model.mjs';
import { differences } from './agreement.mjs';
import { coldStarts } from './cold.mjs';
import { contenders, io } from './contenders.mjs';
import { doors } from './doors.mjs';
import { install } from './install.mjs';
import { download } from './size.mjs';
import { speeds } from './speed.mjs';
import { table, writeIntoReadme } from './table.mjs';

const { values: options } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } });
const rounds = Number(options.rounds ?? 9);

await setup();
await build();
await install();

const compared = await contenders(options.only?.split(','));
const opened = new Map();
for (const contender of compared) opened.set(contender, await contender.load({ model, io }));

say('The same results?');
const found = await differences(opened);
for (const difference of found) console.log(`  ${difference}`);
if (found.length > 0) stop('Nothing is measured while results differ.');
console.log(`  ${compared.length} contenders agree`);

const measured = new Map(compared.map((contender) => [contender, { times: new Map(), download: download(contender), cold: NaN }]));
for (const door of doors) {
  say(door.title);
  for (const [contender, time] of await speeds(door, opened, rounds)) {
    measured.get(contender)?.times.set(door, time);
    console.log(`  ${contender.meta.name.padEnd(26)} ${time.nanoseconds.toFixed(0).padStart(9)} ns a lead ${time.ratio.toFixed(2).padStart(9)} ×`);
  }
}

say('Cold start');
for (const [contender, milliseconds] of await coldStarts(compared, rounds)) {
  Object.assign(measured.get(contender) ?? {}, { cold: milliseconds });
  console.log(`  ${contender.meta.name.padEnd(26)} ${milliseconds.toFixed(1).padStart(9)} ms`);
}

const text = table(measured, rounds);
console.log(`\n${text}`);
if (options.only || options.rounds) console.log('\nREADME.md stays as it is: not everything was measured.');
else writeIntoReadme(text);
