/** The worker that workerd runs in the tests: the corpus in, the lines out. */
import * as leadscore from '../../pkg/entries/full/workerd.js';
import { answers } from './corpus.mjs';
import { surprises } from './hostile.mjs';

export default {
  /** @param {Request} request */
  async fetch(request) {
    const api = /** @type {any} */ (leadscore);
    const answer = request.method === 'POST' ? answers(api, await request.json()) : surprises(api);
    return Response.json(answer);
  },
};
