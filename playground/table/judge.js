/**
 * How well scores tell won leads from lost ones. It is all worked out from how many of both stand at each score, so that a million
 * leads cost no more than their scores differ. Nothing here scores.
 */
import { firstFrom } from './order.js';

/** Fewer won or lost leads than this say nothing; fewer than so many say little. */
const [FEW, MANY] = [10, 100];
/** The share of a normal distribution within 1.96 deviations is 95 %. */
const Z = 1.959963984540054;
/** A band says enough when its share is known to within ten points either way. */
const WIDE = 0.2;
/** From here on a column that tells won from lost all by itself is rather a consequence than a cause. */
const LEAK = 0.8;
/** Texts of a column that are looked at one by one, and rows that each should have. */
const [TEXTS, EACH] = [200, 20];

/**
 * @typedef {{ values: Float64Array, won: Uint32Array, lost: Uint32Array }} Tally how many won and lost at each value, from low to high
 * @typedef {{ value: number, low: number, high: number }} Estimate with the ends of its 95 % interval
 * @typedef {{ leads: number, won: number, share: number, lift: number, low: number, high: number }} Tenth `low` and `high` are scores
 * @typedef {{ from: number, to: number, leads: number, won: number, share: Estimate, enough: boolean }} Band
 * @typedef {'few' | 'none' | 'reversed' | 'weak' | 'some' | 'good' | 'strong' | 'perfect'} Verdict
 */

/**
 * @param {{ all: Float64Array, ranks: Uint32Array }} ranked the values, and the rank of each row among them; 0 for none
 * @param {Int8Array} outcomes 1 won, 0 lost, -1 neither
 * @param {(row: number) => boolean} [counts]
 * @returns {Tally}
 */
export function tallyOf({ all, ranks }, outcomes, counts = () => true) {
  const [won, lost] = [new Uint32Array(all.length), new Uint32Array(all.length)];
  for (let row = 0; row < ranks.length; row++)
    if (ranks[row] > 0 && outcomes[row] >= 0 && counts(row)) (outcomes[row] === 1 ? won : lost)[ranks[row] - 1] += 1;
  const there = Uint32Array.from(all.keys()).filter((rank) => won[rank] + lost[rank] > 0);
  const some = (/** @type {Uint32Array} */ each) => Uint32Array.from(there, (rank) => each[rank]);
  return { values: Float64Array.from(there, (rank) => all[rank]), won: some(won), lost: some(lost) };
}

/**
 * The chance that a won lead stands above a lost one, half for a tie: the area under the ROC curve. Its variance is that of DeLong,
 * DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic curves",
 * Biometrics 44 (1988); the interval is taken of its logit, so that it stays within 0 and 1 (Pepe 2003, section 5.2).
 * @param {{ won: ArrayLike<number>, lost: ArrayLike<number> }} tally
 * @returns {Estimate}
 */
export function areaOf({ won, lost }) {
  const [wins, losses] = [total(won), total(lost)];
  let [area, squaresWon, squaresLost, wonBelow, lostBelow] = [0, 0, 0, 0, 0];
  for (let i = 0; i < won.length; i++) {
    const ofWon = (lostBelow + lost[i] / 2) / losses; // the share of the lost that such a won lead stands above
    const ofLost = (wins - wonBelow - won[i] / 2) / wins;
    area += won[i] * ofWon;
    squaresWon += won[i] * ofWon ** 2;
    squaresLost += lost[i] * ofLost ** 2;
    wonBelow += won[i];
    lostBelow += lost[i];
  }
  const value = area / wins;
  const variance =
    (squaresWon - wins * value ** 2) / (wins - 1) / wins + (squaresLost - losses * value ** 2) / (losses - 1) / losses;
  const spread = (Z * Math.sqrt(Math.max(0, variance))) / (value * (1 - value));
  if (!Number.isFinite(spread)) return { value, low: value, high: value };
  const logit = Math.log(value / (1 - value));
  const back = (/** @type {number} */ at) => 1 / (1 + Math.exp(-at));
  return { value, low: back(logit - spread), high: back(logit + spread) };
}

/**
 * A share with its interval, that of E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927).
 * @param {number} won
 * @param {number} all
 * @returns {Estimate}
 */
export function shareOf(won, all) {
  const value = won / all;
  const middle = (value + Z ** 2 / (2 * all)) / (1 + Z ** 2 / all);
  const half = (Z * Math.sqrt((value * (1 - value)) / all + Z ** 2 / (4 * all ** 2))) / (1 + Z ** 2 / all);
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * The leads in ten equal parts, the best first. Those with the same score share alike in the parts that they fall into.
 * @param {Tally} tally
 * @returns {Tenth[]}
 */
export function tenthsOf({ values, won, lost }) {
  const [wins, losses] = [total(won), total(lost)];
  const size = (wins + losses) / 10;
  const overall = wins / (wins + losses);
  const tenths = /** @type {Tenth[]} */ ([]);
  let [at, taken] = [values.length - 1, 0];
  for (let place = 0; place < 10; place++) {
    const tenth = { leads: 0, won: 0, share: 0, lift: 0, low: NaN, high: values[at] };
    while (size - tenth.leads > 1e-9 * size && at >= 0) {
      const here = won[at] + lost[at];
      const some = Math.min(here - taken, size - tenth.leads);
      tenth.leads += some;
      tenth.won += (won[at] / here) * some;
      tenth.low = values[at];
      taken += some;
      if (here - taken > 1e-9 * size) break;
      [at, taken] = [at - 1, 0];
    }
    tenth.share = tenth.won / tenth.leads;
    tenth.lift = tenth.share / overall;
    tenths.push(tenth);
  }
  return tenths;
}

/**
 * The share won in bands of the score, those that hold leads, from low to high.
 * @param {Tally} tally
 * @param {number} low
 * @param {number} high
 * @returns {Band[]}
 */
export function bandsOf({ values, won, lost }, low, high) {
  const wide = (high - low) / 10;
  return Array.from({ length: 10 }, (_, place) => {
    const [from, to] = [low + place * wide, low + (place + 1) * wide];
    const [first, end] = [firstFrom(values, from), place === 9 ? values.length : firstFrom(values, to)];
    const wins = total(won.subarray(first, end));
    const leads = wins + total(lost.subarray(first, end));
    const share = shareOf(wins, leads);
    return { from, to, leads, won: wins, share, enough: share.high - share.low <= WIDE };
  }).filter(({ leads }) => leads > 0);
}

/** @param {Tally} tally @returns {{ verdict: Verdict, area: Estimate | null, sparse: boolean }} */
export function verdictOf({ won, lost }) {
  const least = Math.min(total(won), total(lost));
  if (least < FEW) return { verdict: 'few', area: null, sparse: true };
  const area = areaOf({ won, lost });
  const { value, low, high } = area;
  const steps = /** @type {[number, Verdict][]} */ ([
    [0.6, 'weak'],
    [0.7, 'some'],
    [0.8, 'good'],
    [0.97, 'strong'],
    [Infinity, 'perfect'],
  ]);
  const verdict =
    high < 0.5 ? 'reversed' : low <= 0.5 ? 'none' : (steps.find(([below]) => value < below)?.[1] ?? 'perfect');
  return { verdict, area, sparse: least < MANY };
}

/**
 * What the best so many leads come to. Of leads with the same score on the edge, each counts for its part.
 * @param {Tally} tally
 * @param {number} most
 */
export function bestOf({ values, won, lost }, most) {
  let [leads, wins, threshold, above] = [0, 0, NaN, 0];
  for (let at = values.length - 1; at >= 0 && leads < most; at--) {
    const here = won[at] + lost[at];
    const some = Math.min(here, most - leads);
    leads += some;
    wins += (won[at] / here) * some;
    if (some === here) [threshold, above] = [values[at], leads]; // as many as fit, and no tie is torn
  }
  return { leads, won: wins, share: wins / leads, threshold, above };
}

/**
 * How well a column tells won from lost all by itself, by its order, by its single texts, or by being filled in at all.
 * @param {import('./column.js').Column} column
 * @param {Int8Array} outcomes
 * @returns {number} the area at best, 0.5 to 1
 */
export function tellsBy(column, outcomes) {
  const { texts, places, numeric, numbers } = column;
  const [won, lost] = [new Uint32Array(texts.length), new Uint32Array(texts.length)];
  for (let row = 0; row < outcomes.length; row++)
    if (outcomes[row] >= 0) (outcomes[row] === 1 ? won : lost)[places[row]] += 1;
  const all = texts.map((_, place) => place).filter((place) => won[place] + lost[place] > 0);
  const filled = (/** @type {number} */ place) => Number(texts[place].trim() !== '');
  const orders = [all.toSorted((a, b) => filled(a) - filled(b))];
  const groups = [(/** @type {number} */ place) => filled(place)];
  if (numeric) {
    orders.push(all.filter((place) => !Number.isNaN(numbers[place])).sort((a, b) => numbers[a] - numbers[b]));
    groups.push((place) => numbers[place]);
  }
  if (all.length <= TEXTS && total(won) + total(lost) >= EACH * all.length) {
    const rate = (/** @type {number} */ place) => won[place] / (won[place] + lost[place]);
    orders.push(all.toSorted((a, b) => rate(a) - rate(b)));
    groups.push(rate);
  }
  return Math.max(0.5, ...orders.map((order, one) => grouped(order, groups[one], won, lost)));
}

/** Which columns give the answer away. @param {import('./column.js').Column[]} columns @param {Int8Array} outcomes @param {number} itself */
export function leaks(columns, outcomes, itself) {
  return columns.flatMap((column, place) => {
    const area = place === itself ? 0 : tellsBy(column, outcomes);
    return area >= LEAK ? [{ place, area }] : [];
  });
}

/**
 * @param {number[]} order of texts
 * @param {(place: number) => number} group which of them stand alike
 * @param {Uint32Array} won
 * @param {Uint32Array} lost
 */
function grouped(order, group, won, lost) {
  const tally = { won: /** @type {number[]} */ ([]), lost: /** @type {number[]} */ ([]) };
  order.forEach((place, i) => {
    const last = i > 0 && group(order[i - 1]) === group(place) ? tally.won.length - 1 : tally.won.length;
    tally.won[last] = (tally.won[last] ?? 0) + won[place];
    tally.lost[last] = (tally.lost[last] ?? 0) + lost[place];
  });
  if (Math.min(total(tally.won), total(tally.lost)) < FEW) return 0;
  const { value } = areaOf(tally);
  return Math.max(value, 1 - value);
}

/** @param {ArrayLike<number>} counts */
function total(counts) {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}
