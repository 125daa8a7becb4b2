// `leadscore score`: every lead of a file through a model, one at a time, and the books kept.
// Reading, writing and counting are their own rooms; this one only leads from one to the next. Leads are not gathered into
// tables: all of each result is written, and reading and writing CSV is nearly all of the time (100,000 leads: 2.4 s).

import { EXIT, UsageError, language } from '../host.js';
import { Ledger } from '../ledger.js';
import { isLeadscoreError, messageOf, openModel } from '../model.js';
import { assertEncoding } from '../read/encoding.js';
import { readEvents } from '../read/events.js';
import { formatOf, leads } from '../read/leads.js';
import { open } from '../read/source.js';
import { shown, words } from '../words/index.js';
import { resultColumns } from '../write/columns.js';
import { csvWriter } from '../write/csv.js';
import { jsonlWriter } from '../write/jsonl.js';
import { counted, progress } from '../write/progress.js';
import { openSink } from '../write/sink.js';
import { tableWriter } from '../write/table.js';
import { assertEvents, assertOnce, assertOutputApart, instant } from './arguments.js';

/**
 * @typedef {object} ScoreFlags
 * @property {string} [events]
 * @property {string} id
 * @property {string} [eventLead]
 * @property {string} [asOf]
 * @property {'csv' | 'jsonl' | 'table'} [out]
 * @property {string} [output]
 * @property {import('leadscore').Language} [lang]
 * @property {import('../read/cell.js').Numbers} numbers
 * @property {string[]} map
 * @property {string} [delimiter]
 * @property {import('../read/leads.js').InputFormat} [input]
 * @property {string} [encoding]
 * @property {string[]} [consent]
 * @property {number} limitErrors
 */

/**
 * @param {string} modelName
 * @param {string} leadsName
 * @param {ScoreFlags} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function score(modelName, leadsName, flags, host) {
  assertOnce([modelName, leadsName, flags.events]);
  assertEvents(flags);
  const asOf = instant('--as-of', flags.asOf);
  if (flags.encoding) assertEncoding(flags.encoding);
  const say = words(language(flags.lang, host.env));

  const source = await open(leadsName, host);
  const format = formatOf(source, flags.input);
  if (format !== 'csv' && flags.map.length) throw new UsageError('`--map` is for CSV: JSON leads carry attribute paths already');
  const eventSource = flags.events ? await open(flags.events, host) : null;
  const eventFormat = eventSource && formatOf(eventSource, undefined);
  await assertOutputApart(flags.output, [modelName, leadsName, flags.events]);

  const { scorer, document } = await openModel(modelName, host);
  const elsewhere = flags.output !== undefined || !host.stdout.isTTY;
  const bar = progress(host, source.size, elsewhere, say.progress);
  const ledger = new Ledger({ say, limit: flags.limitErrors, print: bar.print, host });
  const reading = { numbers: flags.numbers, say, ...flags.encoding && { encoding: flags.encoding } };
  try {
    const events = eventSource && eventFormat && await readEvents(eventSource, eventFormat, document, {
      ...reading,
      ...flags.eventLead && { lead: flags.eventLead },
      leadNeeded: true,
      onRejected: (problem) => ledger.rejectEvent(eventSource.name, problem),
      onCell: (trouble) => ledger.cell(eventSource.name, trouble),
    });

    /** @type {import('../read/leads.js').Shape | null} */
    let shape = null;
    const columns = resultColumns(document, flags.lang !== undefined);
    const writers = { csv: () => csvWriter(columns, () => shape), jsonl: jsonlWriter, table: () => tableWriter(columns) };
    const writer = writers[flags.out ?? (format === 'csv' ? 'csv' : 'jsonl')]();
    const items = leads({ ...source, bytes: counted(source.bytes, bar.advance) }, format, document, {
      ...reading,
      ...flags.delimiter && { delimiter: flags.delimiter },
      id: flags.id,
      idNeeded: events !== null,
      map: flags.map,
      notice: (notice) => ledger.notice(source.name, notice),
      onShape: (found) => (shape = found),
    });
    const options = { asOf, ...flags.lang && { lang: flags.lang }, ...flags.consent && { consent: flags.consent } };

    /** @type {import('../write/sink.js').Sink | null} */
    let sink = null;
    for await (const item of items) {
      // Opened late, so that an input that cannot be read leaves an earlier output alone.
      sink ??= await openSink(flags.output, host.stdout);
      if (item.kind === 'blank') {
        ledger.blank += 1;
      } else if (item.kind === 'rejected') {
        ledger.reject(source.name, item);
      } else {
        const own = events && eventsOf(item, events, flags.id, ledger, source.name, say);
        const result = scoreOne(item, scorer, own ? { ...options, events: own } : options, ledger, source.name);
        if (result) await sink.write(writer.row(item, result));
      }
      if (sink.closed) break;
    }
    sink ??= await openSink(flags.output, host.stdout);
    await sink.write(writer.end());
    await sink.end();
    bar.stop();
    if (sink.closed) bar.print(`${say.stopped}\n`);
    ledger.close(events);
    return ledger.anyRejected ? EXIT.rejected : EXIT.ok;
  } finally {
    bar.stop();
    scorer.free();
  }
}

/**
 * The events of a lead, with a word where they cannot be found or were another's already.
 * @param {import('../read/leads.js').Lead} lead
 * @param {import('../read/events.js').EventIndex} events
 * @param {string} idColumn
 * @param {Ledger} ledger
 * @param {string} file
 * @param {import('../words/en.js').Words} say
 */
function eventsOf({ id, line }, events, idColumn, ledger, file, say) {
  if (id === null) {
    ledger.warn(file, { line, code: 'lead-without-id', message: say.leadWithoutId(idColumn) });
    return [];
  }
  const { events: own, again } = events.of(id);
  if (again) ledger.warn(file, { line, code: 'lead-twice', message: say.leadTwice(shown(id)) });
  return own;
}

/**
 * The result of a lead, entered in the books; `null` when the engine refuses it.
 * @param {import('../read/leads.js').Lead} lead
 * @param {import('leadscore').Scorer} scorer
 * @param {import('leadscore').ScoreOptions} options
 * @param {Ledger} ledger
 * @param {string} file
 */
function scoreOne({ line, facts, troubles }, scorer, options, ledger, file) {
  try {
    const result = scorer.score(facts, options);
    for (const trouble of troubles) ledger.cell(file, { line, ...trouble });
    for (const issue of result.warnings) ledger.warn(file, { line, code: issue.code, message: messageOf(issue) });
    ledger.score(result.status);
    return result;
  } catch (error) {
    if (!isLeadscoreError(error)) throw error;
    ledger.reject(file, { line, code: error.code, message: messageOf(error) });
    return null;
  }
}
