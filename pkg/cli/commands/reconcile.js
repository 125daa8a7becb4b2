// `leadscore reconcile`: what the outbox says it delivered, beside what the CRM has: missing, twice, with another score.
// It asks the administration of the outbox, which asks the CRM; where that cannot be asked, a file of the CRM's is read.

import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import pc from 'picocolors';
import { EXIT, InputError, UsageError, coloured, language } from '../host.js';
import { safe, shown, words } from '../words/index.js';

/** @typedef {import('../../edge.js').Compared} Compared */
/** @typedef {{ lead: Compared, problem: 'missing' | 'twice' | 'different', records: NonNullable<Compared['found']> }} Difference */

/** Scores that differ by less are one: CRMs round. */
const SAME = 0.01;

/**
 * @param {string} address of the administration
 * @param {{destination?: string, crm?: string, id: string, score: string, lang?: import('leadscore').Language}} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function reconcile(address, flags, host) {
  const token = host.env.ADMIN_TOKEN;
  if (!token) throw new UsageError('expected the token of the administrator in the environment variable `ADMIN_TOKEN`');
  if (!URL.canParse(address)) throw new UsageError(`\`${safe(address)}\`: expected an address such as \`https://leads.example.com/admin/outbox\``);
  const file = flags.crm === undefined ? null : await recordsOf(flags.crm, flags);
  const ask = (/** @type {Record<string, string>} */ query) => asked(address, token, query);

  const { destinations } = await ask({});
  const names = Object.keys(destinations ?? {});
  const destination = flags.destination ?? names[0];
  if (!names.includes(destination) || (names.length > 1 && !flags.destination)) {
    throw new UsageError(`\`--destination\`: expected one of ${names.map((name) => `\`${safe(name)}\``).join(', ')}`);
  }

  /** @type {Difference[]} */
  const differences = [];
  const counts = { looked: 0, there: 0, elsewhere: 0, waiting: 0, dead: 0 };
  for (let after = ''; ; ) {
    const { leads, next } = await ask({ destination, compare: '', after });
    for (const lead of /** @type {Compared[]} */ (leads)) judge(lead, file ? (file.get(lead.lead) ?? []) : lead.found, counts, differences, destination);
    if (next === null) break;
    after = next;
  }

  const lang = language(flags.lang, host.env);
  const say = words(lang);
  const paint = pc.createColors(coloured(host.stdout, host.env));
  for (const { lead, problem, records } of differences) {
    const told = say.reconciled[problem](say.number(lead.score ?? 0), records.map(({ remote, score }) => [shown(remote), score == null ? '' : `(${say.number(score)})`].filter(Boolean).join(' ')).join(', '));
    host.stdout.write(`${paint.red('✗')} ${safe(lead.lead)}  ${safe(lead.grade ?? '–')}  ${say.date(lead.at)}  ${told}\n`);
  }
  const sign = differences.length > 0 ? paint.red('✗') : paint.green('✓');
  host.stdout.write(`${sign} ${safe(destination)}${say.colon} ${say.reconciled.counts({ ...counts, wrong: differences.length })}\n`);
  return differences.length > 0 ? EXIT.rejected : EXIT.ok;
}

/**
 * @param {Compared} lead
 * @param {Compared['found']} records
 * @param {{ looked: number, there: number, elsewhere: number, waiting: number, dead: number }} counts
 * @param {Difference[]} differences
 * @param {string} destination
 */
function judge(lead, records, counts, differences, destination) {
  if (lead.state === 'queued' || lead.state === 'held') return void counts.waiting++;
  if (lead.state === 'dead') return void counts.dead++;
  if (records === null) {
    throw new UsageError(`\`${safe(destination)}\` cannot be asked what it has: give what the CRM exports as \`--crm leads.csv\``);
  }
  counts.looked++;
  const add = (/** @type {Difference['problem']} */ problem) => void differences.push({ lead, problem, records });
  // What became part of another record need not be there under its own id.
  if (records.length === 0) return lead.state === 'merged' ? void counts.elsewhere++ : add('missing');
  if (records.length > 1) return add('twice');
  const [{ score }] = records;
  if (score !== undefined && !sameScore(score, lead.score)) return add('different');
  counts.there++;
}

/** @param {number | null} a @param {number | null} b */
const sameScore = (a, b) => (a === null || b === null ? a === b : Math.abs(a - b) < SAME);

/**
 * @param {string} address
 * @param {string} token
 * @param {Record<string, string>} query
 * @returns {Promise<any>}
 */
async function asked(address, token, query) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' }, redirect: 'error' }).catch((error) => {
    throw new UsageError(`\`${safe(address)}\` does not answer: ${safe(error.cause?.message ?? error.message)}`);
  });
  if (answer.ok) return answer.json();
  const { message = `found the status ${answer.status}` } = /** @type {any} */ (await answer.json().catch(() => ({})));
  throw new UsageError(`\`${safe(address)}\`: ${safe(String(message))}`);
}

/**
 * What the CRM exported, by the ids of leads.
 * @param {string} file
 * @param {{ id: string, score: string }} columns
 */
async function recordsOf(file, { id, score }) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new UsageError(`\`${safe(file)}\` cannot be read: ${error.message}`);
  });
  /** @type {Map<string, NonNullable<Compared['found']>>} */
  const records = new Map();
  const rows = rowsOf(file, text);
  if (rows.length > 0 && !rows.some((row) => Object.hasOwn(row, id))) throw new InputError(file, 'columns-unknown', `expected \`${safe(id)}\`, found ${Object.keys(rows[0]).map((name) => `\`${shown(name)}\``).join(', ')}`);
  for (const [place, row] of rows.entries()) {
    const given = row[score];
    const number = given === undefined ? undefined : given === null || given === '' ? null : Number(given);
    const lead = String(row[id] ?? '');
    if (lead !== '') records.set(lead, [...(records.get(lead) ?? []), { remote: `${place + 1}`, ...(number !== undefined && !Number.isNaN(number) && { score: number }) }]);
  }
  return records;
}

/** @param {string} file @param {string} text @returns {Record<string, unknown>[]} */
function rowsOf(file, text) {
  try {
    if (extname(file) !== '.json') return parse(text, { bom: true, columns: true, delimiter: [',', ';', '\t'], skip_empty_lines: true, relax_column_count: true });
    const rows = JSON.parse(text);
    if (Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)) return rows;
  } catch (error) {
    throw new InputError(file, 'not-a-table', shown(/** @type {Error} */ (error).message, 200));
  }
  throw new InputError(file, 'not-a-table', 'expected a list of records');
}
