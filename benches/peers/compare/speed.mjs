/**
 * How long one lead takes. All contenders take turns, round by round, in one process, and each is
 * compared with the generated JavaScript of the same round: what else the machine does meets them
 * alike. What is counted is the time of the processor, not of the clock, for the same reason.
 */
import { leads } from '../workload/leads.mjs';
import { UNIT } from './contenders.mjs';

/** @typedef {import('./contenders.mjs').Contender} Contender */
/** @typedef {import('./doors.mjs').Door} Door */
/** @typedef {import('../contender.js').Scorer} Scorer */
/** @typedef {{ nanoseconds: number, ratio: number }} Time for one lead; as a multiple of what the generated JavaScript takes */
/** @typedef {{ contender: Contender, leads: number, run: (leads: number) => unknown, rounds: number[] }} Turn */

/** Of a single lead: different ones, or the processor would learn the branches by heart. */
const DIFFERENT = 1000;
const ROUND_MS = 30;
const WARM_UP_MS = 600;

/** Of many leads: a contender that would need more than this long for all goes through fewer. */
const MANY = 100_000;
const FEWER = 3_000;
const PATIENCE_MS = 2500;

/**
 * @param {Door} door
 * @param {Map<Contender, Scorer>} opened
 * @param {number} rounds
 * @returns {Promise<Map<Contender, Time>>} for those who have such a door
 */
export async function speeds(door, opened, rounds) {
  const turns = await (door.many ? turnsOfMany(door, opened) : turnsOfOne(door, opened));
  for (let i = 0; i < rounds; i++) {
    for (const turn of turns) {
      // What one leaves behind, another does not sweep up. Not in short rounds: it costs the compilers' work.
      if (door.many) globalThis.gc?.();
      turn.rounds.push((await milliseconds(turn, turn.leads)) * 1e6 / turn.leads);
    }
  }
  const unit = turns.find(({ contender }) => contender.id === UNIT)?.rounds ?? [];
  return new Map(turns.map(({ contender, rounds }) => [contender, { nanoseconds: median(rounds), ratio: median(rounds.map((time, i) => time / unit[i])) }]));
}

/**
 * @param {Door} door
 * @param {Map<Contender, Scorer>} opened
 */
async function turnsOfOne({ given, way, title }, opened) {
  const sample = leads(DIFFERENT, 11);
  const turns = [];
  for (const [contender, scorer] of opened) {
    const score = way(scorer);
    if (!score) continue;
    const inputs = given(sample, scorer);
    const { loop, patientLoop } = await import(`./loop.mjs?${contender.id}-${title}`);
    /** @type {Turn} */
    const turn = { contender, leads: 1, run: (times) => (contender.meta.async ? patientLoop : loop)(score, inputs, times), rounds: [] };
    await warmUp(turn);
    turns.push(turn);
  }
  return turns;
}

/**
 * Until the compilers have done their best; then it is known how many leads fill a round.
 * @param {Turn} turn
 */
async function warmUp(turn) {
  let spent = 0;
  for (;;) {
    const time = await milliseconds(turn, turn.leads);
    spent += time;
    if (time < ROUND_MS / 2) turn.leads *= 2;
    else if (spent < WARM_UP_MS) turn.leads = Math.max(1, Math.round((turn.leads * ROUND_MS) / time));
    else return;
  }
}

/**
 * @param {Door} door
 * @param {Map<Contender, Scorer>} opened
 */
async function turnsOfMany({ given, way }, opened) {
  const all = leads(MANY, 13);
  const turns = [];
  for (const [contender, scorer] of opened) {
    const score = way(scorer);
    if (!score) continue;
    const few = given(all.slice(0, FEWER), scorer);
    /** @type {Turn} */
    const turn = { contender, leads: FEWER, run: () => score(few), rounds: [] };
    for (let spent = 0; spent < WARM_UP_MS; ) spent += await milliseconds(turn, FEWER);
    if ((await milliseconds(turn, FEWER)) * (MANY / FEWER) < PATIENCE_MS) {
      const many = given(all, scorer);
      Object.assign(turn, { leads: MANY, run: () => score(many) });
      await milliseconds(turn, MANY);
    }
    turns.push(turn);
  }
  return turns;
}

/**
 * The processor's time, with that of collecting garbage.
 * @param {Turn} turn
 * @param {number} leads
 */
async function milliseconds({ run }, leads) {
  const before = process.cpuUsage();
  await run(leads);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
