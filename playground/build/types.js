/** The kinds of answer that an attribute, or a property of an event, can have. */

export const TYPES = /** @type {const} */ ([
  ['integer', 'typeInteger'],
  ['number', 'typeNumber'],
  ['text', 'typeText'],
  ['boolean', 'typeBoolean'],
  ['list', 'typeList'],
  ['date', 'typeDate'],
]);
