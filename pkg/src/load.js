/** Takes compiled programs, for the builds that take nothing else: names and places from one file, which is checked as a whole. */
import { LeadscoreError, asLeadscoreError } from './error.js';
import { Scorer } from './scorer.js';
import { unlike } from './value.js';

/** @typedef {import('./scorer.js').Engine} Engine */
/** @typedef {import('./scorer.js').Host} Host */

/** Where the program begins, behind what says what it is and how long its parts are. */
const PROGRAM = 16;

/** What is wrong with a file, by the number that the engine throws. @type {Record<number, [code: string, problem: string]>} */
const FAULTS = {
  1: ['not-a-program', 'expected a compiled program, found other bytes'],
  2: ['program-version', 'expected a program of version 2, found another'],
  3: ['program-damaged', 'expected a whole program, found a damaged one'],
};

/**
 * @param {{ load(file: Uint8Array): Engine }} build
 * @param {Host} host
 * @param {unknown} program
 */
export function scorerOf(build, host, program) {
  const file = bytesOf(program);
  try {
    const engine = build.load(file);
    const length = new DataView(file.buffer, file.byteOffset).getUint32(4, true);
    return new Scorer(engine, host, JSON.parse(new TextDecoder().decode(file.subarray(PROGRAM + length))));
  } catch (thrown) {
    if (typeof thrown !== 'number') throw asLeadscoreError(thrown, 'program');
    const [code, problem] = FAULTS[thrown];
    throw new LeadscoreError(code, 'program', problem);
  }
}

/** @param {unknown} program */
function bytesOf(program) {
  if (ArrayBuffer.isView(program)) return new Uint8Array(program.buffer, program.byteOffset, program.byteLength);
  if (program instanceof ArrayBuffer) return new Uint8Array(program);
  throw unlike('not-a-program', 'program', 'the bytes of a compiled program', program);
}
