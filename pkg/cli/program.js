// The commands, their options and their help; from arguments to an exit code.
// What a command does is in commands/; this room only reads the line that was typed.

import { readFileSync } from 'node:fs';
import { Argument, Command, CommanderError, Option } from 'commander';
import { check, issuesText } from './commands/check.js';
import { delimiter, names, several, wholeNumber } from './commands/arguments.js';
import { compile } from './commands/compile.js';
import { explain } from './commands/explain.js';
import { init } from './commands/init.js';
import { reconcile } from './commands/reconcile.js';
import { score } from './commands/score.js';
import { test } from './commands/test.js';
import { EXIT, InputError, UsageError, coloured, language } from './host.js';
import { words } from './words/index.js';

const EXIT_CODES = `
Exit codes:
  0  all was done
  1  something was rejected: leads, events, the model, a test
  2  the command cannot be run as given`;

const SCORE_HELP = `
The input:
  .csv (also .tsv, .txt), .jsonl (one object a line), .json (an array of
  objects, or one); - reads standard input, with --input. Leads are read as a
  stream, however many there are.
  A column feeds the attribute whose path is its header (company.employees), in
  any case, or whose label is; --map maps others. Columns that match nothing
  are carried through. The delimiter (comma, semicolon, tab) is found in the
  header line.
  A cell is read as the type of its attribute: numbers as 1234.5; true/false,
  yes/no, oui/non, vrai/faux, 1/0; dates as 2026-11-22 or 2026-11-22T09:30:00Z;
  lists as a|b or a;b. An empty cell is unknown; so is one that cannot be read,
  and that is reported.
  --numbers fr also reads 1 234,5 and 15 000 € and 12,5 % (the number 12.5).
  A row that cannot be read is rejected and reported with its line; the others
  are scored.

The events:
  .csv, .jsonl or .json with type, at, and lead (or lead_id, leadId, or what
  --event-lead names), the id of the lead; id, session, purpose, bot and any
  property may follow. At most 1,000,000 events, held in memory.

The output:
  csv keeps the columns of the input and adds leadscore.value, .status, .grade,
  .stage, .labels.*, .route, .dimensions.*, .coverage, and with --lang
  .reasons. Numbers have a decimal point. Cells of the input stay as they were,
  even where they begin like a formula; those of leadscore that would begin
  like one get a ' in front.
  jsonl gives the whole result of each lead, with its id and line.
  Problems and counts go to standard error: read = scored + rejected, always.
${EXIT_CODES}`;

const COMPILE_HELP = `
The audience:
  edge     servers: all that scores, with its ids, reasons and texts
  browser  every visitor of a site: what events are worth and nothing else; no
           names, texts, rules on facts, thresholds, stages or routes
${EXIT_CODES}`;

const RECONCILE_HELP = `
Exit codes:
  0  what was delivered is in the CRM, once and with its score
  1  something is missing, there twice, or has another score
  2  the outbox or the CRM cannot be asked`;

/**
 * @param {string[]} args
 * @param {import('./host.js').Host} host
 * @returns {Promise<number>}
 */
export async function run(args, host) {
  let code = EXIT.ok;
  const program = commands(host, (result) => (code = result));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return told(error, host);
  }
}

/**
 * @param {import('./host.js').Host} host
 * @param {(code: number) => void} done
 */
function commands(host, done) {
  const lang = new Option('--lang <language>', 'language of what is told to people').choices(['en', 'fr']);
  const asOf = new Option('--as-of <instant>', 'the instant that scores are for (ISO 8601); needed with events');
  const events = new Option('--events <file>', 'what the leads did (.csv, .jsonl or .json)');
  const eventLead = new Option('--event-lead <column>', 'column of the events that holds the id of the lead');
  const id = new Option('--id <column>', 'column (in JSON: path) with the id of the lead').default('id');
  const consent = new Option('--consent <purposes>', 'purposes consented to, such as analytics,marketing: other events do not count').argParser(names);
  const numbers = new Option('--numbers <style>', 'how numbers are written in CSV').choices(['plain', 'fr']).default('plain');
  const encoding = new Option('--encoding <name>', 'encoding of the input, such as windows-1252 (default: UTF-8, or as marked)');
  const model = new Argument('<model>', 'the model, a .json file');

  const program = new Command('leadscore')
    .description('Scores sales leads from a readable model.')
    .version(version())
    .addHelpText('after', EXIT_CODES);
  const out = {
    writeOut: (/** @type {string} */ text) => void host.stdout.write(text),
    writeErr: (/** @type {string} */ text) => void host.stderr.write(text),
  };
  const command = (/** @type {string} */ name) => program.command(name).configureOutput(out).exitOverride();
  program.configureOutput(out).exitOverride();

  command('check')
    .description('tell every problem of a model')
    .addArgument(model)
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .option('--strict', 'exit code 1 on warnings too')
    .addOption(lang)
    .action(async (name, flags) => done(await check(name, flags, host)));

  command('score')
    .description('score every lead of a file')
    .addArgument(model)
    .argument('<leads>', 'a .csv, .jsonl or .json file, or - for standard input')
    .addOption(events)
    .addOption(asOf)
    .addOption(id)
    .addOption(eventLead)
    .addOption(consent)
    .addOption(new Option('--out <format>', 'format of the results (default: csv for CSV, else jsonl)').choices(['csv', 'jsonl', 'table']))
    .option('-o, --output <file>', 'write the results to a file')
    .addOption(lang)
    .addOption(numbers)
    .addOption(new Option('--map <header=attribute>', 'feed an attribute from a column; may be repeated').argParser(several).default([], 'none'))
    .addOption(new Option('--delimiter <character>', 'delimiter of CSV cells, or tab (default: found out)').argParser(delimiter))
    .addOption(new Option('--input <format>', 'format of the leads, when the name does not tell').choices(['csv', 'jsonl', 'json']))
    .addOption(encoding)
    .addOption(new Option('--limit-errors <n>', 'tell at most so many problems; all are counted').argParser(wholeNumber).default(20))
    .addHelpText('after', SCORE_HELP)
    .action(async (modelName, leads, flags) => done(await score(modelName, leads, flags, host)));

  command('explain')
    .description('tell one score to a person')
    .addArgument(model)
    .argument('<lead>', 'a .json file with one lead, or - for standard input')
    .addOption(events)
    .addOption(asOf)
    .addOption(id)
    .addOption(eventLead)
    .addOption(consent)
    .addOption(numbers)
    .addOption(encoding)
    .addOption(lang)
    .action(async (modelName, lead, flags) => done(await explain(modelName, lead, flags, host)));

  command('test')
    .description('run the tests that models carry')
    .argument('<models...>', 'the models, .json files')
    .addOption(lang)
    .action(async (models, flags) => done(await test(models, flags, host)));

  command('compile')
    .description('make the file of a model that `leadscore/runtime` loads')
    .addArgument(model)
    .requiredOption('-o, --output <file>', 'where it goes, such as model.lsp')
    .addOption(new Option('--audience <who>', 'who can read it').choices(['edge', 'browser']).default('edge'))
    .addOption(lang)
    .addHelpText('after', COMPILE_HELP)
    .action(async (name, flags) => done(await compile(name, flags, host)));

  command('init')
    .description('write a new project: a form, a worker that scores, and what brings leads to a CRM')
    .addArgument(new Argument('<what>', 'what kind of project').choices(['edge']))
    .argument('[folder]', 'where it goes; what is there is never overwritten', 'leads')
    .addOption(lang)
    .addHelpText('after', EXIT_CODES)
    .action(async (_, folder, flags) => done(await init(folder, flags, host)));

  command('reconcile')
    .description('compare what the outbox delivered with what the CRM has')
    .argument('<outbox>', 'the address that ends in /admin/outbox; its token is in the environment variable ADMIN_TOKEN')
    .option('--destination <name>', 'which CRM, where there are several')
    .option('--crm <file>', 'what the CRM exported (.csv or .json), where the connector cannot ask it')
    .option('--id <column>', 'where that file has the ids of leads', 'external_id')
    .option('--score <column>', 'where that file has their scores', 'lead_score')
    .addOption(lang)
    .addHelpText('after', RECONCILE_HELP)
    .action(async (address, flags) => done(await reconcile(address, flags, host)));

  return program;
}

function version() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/**
 * Tells an error in one line and gives its exit code; a defect of this program keeps its trace.
 * @param {unknown} error
 * @param {import('./host.js').Host} host
 */
function told(error, host) {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    host.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof InputError) {
    if (error.issues.length > 0) {
      const say = words(language(undefined, host.env));
      host.stderr.write(issuesText(error.file, error.issues, say, coloured(host.stderr, host.env)));
    }
    host.stderr.write(`error: \`${error.file}\`: ${error.code}: ${error.message}\n`);
    return EXIT.rejected;
  }
  throw error;
}
