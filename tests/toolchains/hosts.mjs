/** Every host that the package is held to, in the order of the table in README.md. */
import { bundlers } from './hosts/bundlers.mjs';
import { edge } from './hosts/edge.mjs';
import { next } from './hosts/next.mjs';
import { pages } from './hosts/pages.mjs';
import { programs } from './hosts/programs.mjs';
import { types } from './hosts/types.mjs';

/** @typedef {import('./project.mjs').Project} Project */
/** @typedef {import('./question.mjs').Question} Question */

/**
 * @typedef {object} Host
 * @property {string} host its name
 * @property {string} ran how it was asked
 * @property {Record<string, string>} [tools] the npm packages it takes, exact, the one that matters first; default: those of this repository
 * @property {string | (() => Promise<string>)} [version] default: of the first tool
 * @property {string | false} [skip] why it cannot be asked here
 * @property {(project: Project, question: Question) => Promise<string>} ask
 * @property {string | RegExp} [expected] default: what the question expects
 * @property {string} [result] what the table says when that came; default: that it scores
 */

/** @type {Host[]} */
export const hosts = [...programs, ...edge, ...pages, ...bundlers, ...next, ...types];

/**
 * Asks a host in a project that has the package and the tools, and nothing else.
 * @param {Host} host
 * @param {Project} project
 * @param {Question} question
 * @returns {Promise<string | null>} what went wrong, if anything did
 */
export async function problem({ ask, expected }, project, question) {
  const wanted = expected ?? question.expected;
  project.clear();
  const found = await ask(project, question);
  const right = typeof wanted === 'string' ? found === wanted : wanted.test(found);
  return right ? null : `expected ${wanted}, found ${found}`;
}
