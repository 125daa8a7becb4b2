/** A process of its own for cold.mjs: from nothing to one score; it prints the milliseconds that took. */
import { readFileSync } from 'node:fs';
import { io } from './contenders.mjs';

const [bundle, task] = process.argv.slice(2);
const { model, lead } = JSON.parse(readFileSync(task, 'utf8'));

const before = process.cpuUsage();
const { load } = await import(bundle);
const scorer = await load({ model, io });
const score = await scorer.score(lead);
const { user, system } = process.cpuUsage(before);

if (typeof score !== 'number') throw new Error(`expected a number, found ${score}`);
console.log((user + system) / 1000);
