/**
 * What is doubtful about a form, and what becomes of it: by default a lead like any other that says so itself. The owner can have it
 * kept back until somebody has looked, or thanked and thrown away.
 */

/** When a lead is sent that nobody has looked at yet: the last instant that JavaScript knows. */
export const NEVER = 8.64e15;

/** The code of what is kept back for that. */
export const DOUBTFUL = 'doubtful';
