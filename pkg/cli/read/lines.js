// Cuts UTF-8 bytes into lines, each with its number, without ever holding more than the longest line allowed.
// It does not look into a line; csv.js has its own cutting, because a CSV record can span lines.

const NEWLINE = 0x0a;

/** No lead is that long; a line that is was not meant as one. */
export const LINE_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {object} Line
 * @property {number} line counted from 1
 * @property {Buffer | null} bytes without the line end; `null` when the line is longer than allowed
 */

/**
 * @param {AsyncIterable<Buffer>} chunks
 * @returns {AsyncGenerator<Line>}
 */
export async function* lines(chunks) {
  let line = 0;
  /** @type {Buffer[]} */
  let held = [];
  let heldBytes = 0;
  let tooLong = false;

  /** @param {Buffer} last */
  const complete = (last) => {
    line += 1;
    const whole = tooLong || heldBytes + last.length > LINE_BYTES ? null : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    tooLong = false;
    return { line, bytes: whole };
  };

  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      yield complete(chunk.subarray(from, at));
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    heldBytes += rest.length;
    if (heldBytes > LINE_BYTES) {
      tooLong = true;
      held = [];
    } else if (rest.length) {
      held.push(rest);
    }
  }
  if (heldBytes > 0) yield complete(Buffer.alloc(0));
}
