// `leadscore explain`: one lead told to a person.
// It reads and hands on; the words are in ../tell.

import pc from 'picocolors';
import { EXIT, InputError, coloured, language } from '../host.js';
import { isLeadscoreError, messageOf, openModel } from '../model.js';
import { assertEncoding } from '../read/encoding.js';
import { readEvents } from '../read/events.js';
import { formatOf, idOf } from '../read/leads.js';
import { open, readDocument } from '../read/source.js';
import { explanation } from '../tell/explanation.js';
import { namesIn } from '../tell/names.js';
import { shown, words } from '../words/index.js';
import { assertEvents, assertOnce, instant } from './arguments.js';

const WIDEST = 100;
const USUAL = 80;

/**
 * @typedef {object} ExplainFlags
 * @property {string} [events]
 * @property {string} id
 * @property {string} [eventLead]
 * @property {string} [asOf]
 * @property {import('leadscore').Language} [lang]
 * @property {string[]} [consent]
 * @property {string} [encoding]
 * @property {import('../read/cell.js').Numbers} numbers
 */

/**
 * @param {string} modelName
 * @param {string} leadName
 * @param {ExplainFlags} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function explain(modelName, leadName, flags, host) {
  assertOnce([modelName, leadName, flags.events]);
  assertEvents(flags);
  const asOf = instant('--as-of', flags.asOf);
  if (flags.encoding) assertEncoding(flags.encoding);
  const lang = language(flags.lang, host.env);
  const say = words(lang);

  const { scorer, document } = await openModel(modelName, host);
  try {
    const facts = await readLead(leadName, host);
    const id = idOf(facts, flags.id.split('.'));
    const { events, code } = flags.events ? await eventsOf(flags.events, id, document, flags, say, host) : { events: [], code: EXIT.ok };
    const score = scorer.score(facts, {
      events,
      asOf,
      lang,
      counterfactuals: true,
      ...flags.consent && { consent: flags.consent },
    });
    const width = Math.min(WIDEST, Math.max(40, host.stdout.columns ?? USUAL));
    const paint = pc.createColors(coloured(host.stdout, host.env));
    const names = namesIn(document, lang);
    host.stdout.write(explanation({ score, document, id: id && shown(id), names, say, width, paint }));
    return code;
  } catch (error) {
    if (!isLeadscoreError(error)) throw error;
    throw new InputError(leadName, error.code, messageOf(error));
  } finally {
    scorer.free();
  }
}

/**
 * @param {string} name
 * @param {import('../host.js').Host} host
 * @returns {Promise<Record<string, unknown>>}
 */
async function readLead(name, host) {
  const text = await readDocument(name, host);
  let lead;
  try {
    lead = JSON.parse(text);
  } catch (error) {
    throw new InputError(name, 'not-json', `expected JSON: ${shown(/** @type {Error} */ (error).message, 200)}`);
  }
  if (typeof lead !== 'object' || lead === null || Array.isArray(lead)) {
    throw new InputError(name, 'not-an-object', 'expected one lead, as a JSON object');
  }
  return lead;
}

/**
 * The events of this lead: those with its id, and those that name no lead at all.
 * @param {string} name
 * @param {string | null} id
 * @param {any} document
 * @param {ExplainFlags} flags
 * @param {import('../words/en.js').Words} say
 * @param {import('../host.js').Host} host
 */
async function eventsOf(name, id, document, flags, say, host) {
  const source = await open(name, host);
  let code = EXIT.ok;
  const index = await readEvents(source, formatOf(source, undefined), document, {
    ...flags.eventLead && { lead: flags.eventLead },
    ...flags.encoding && { encoding: flags.encoding },
    leadNeeded: false,
    numbers: flags.numbers,
    say,
    onRejected(problem) {
      code = EXIT.rejected;
      host.stderr.write(`${name}:${problem.line}: ${say.rejected} ${problem.code}: ${problem.message}\n`);
    },
    onCell: ({ line, column, message }) => void host.stderr.write(`${name}:${line}:${column}: ${say.warning} cell-unreadable: ${message}\n`),
  });
  const own = id === null ? [] : index.of(id).events;
  const events = [...own, ...index.of(null).events];
  host.stderr.write(`${say.closingEvents(index)}\n`);
  return { events, code };
}
