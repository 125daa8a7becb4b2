/** French as it is set, for what is written with plain spaces: a space that never breaks before what stands apart. */

/** @param {string} text */
export function spaced(text) {
  return text.replace(/ ([;!?])/g, '\u202f$1').replace(/ ([:»€%])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}
