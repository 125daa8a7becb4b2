/** A process of its own for cold.mjs: from nothing to one score; it prints the milliseconds that took. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { io } from './contenders.mjs';

const [task, bundle, compiled] = process.argv.slice(2);
const { model, lead } = JSON.parse(readFileSync(task, 'utf8'));
const program = compiled && new Uint8Array(readFileSync(compiled));
const url = pathToFileURL(bundle).href;

const before = process.cpuUsage();
const { load } = await import(url);
const scorer = await load({ model, program, io });
const score = await scorer.score(lead);
const { user, system } = process.cpuUsage(before);

if (typeof score !== 'number') throw new Error(`expected a number, found ${score}`);
console.log((user + system) / 1000);
