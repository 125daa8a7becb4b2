/** Compiled by `tsc --noEmit`, never run: the declarations as a TypeScript developer uses them. */
import {
  check,
  compileModel,
  createScorer,
  init,
  initSync,
  LeadscoreError,
  matches,
  type Change,
  type Issue,
  type LeadEvent,
  type Model,
  type PlainScore,
  type Score,
  type Scorer,
  type ScoreOptions,
  type Scores,
  type Table,
} from 'leadscore';
import { loadScorer, type Scorer as LoadedScorer } from 'leadscore/runtime';
import { tableFromArrays } from 'apache-arrow';

const model: Model = { format: 1, id: 'demo', dimensions: [] };
const events: LeadEvent[] = [{ type: 'visit', at: new Date(), seconds: 3 }, { id: 'e2', type: 'visit', at: '2026-11-02', bot: true }];
const options: ScoreOptions = { events, asOf: 0, lang: 'fr', consent: ['analytics'], counterfactuals: true };

const scorer: Scorer = createScorer(model);
const score: Score = scorer.score({ company: { employees: 45 } }, options);
const next: Score = createScorer('{}').score({}, { ...options, previous: score });
const value: number | null = next.value;
const label: string | null | undefined = next.labels.total;
const lost: number[] = next.contributions.map(({ lost }) => lost.limit + lost.decay + lost.cap);
const texts: string[] | undefined = next.reasons?.map(({ text }) => text);

function told(change: Change): string {
  return 'attribute' in change ? `${change.attribute}: ${String(change.to)}` : `${change.times} × ${change.event}`;
}
const changes = score.counterfactuals?.flatMap(({ changes }) => changes.map(told));

if (score.status === 'scored' && score.route) console.log(score.route.queue, value, label, lost, texts, changes);

interface Lead {
  company: { employees: number };
}
const lead: Lead = { company: { employees: 45 } }; // has no index signature, as interfaces have none
console.log(scorer.value(lead), matches({}, lead), scorer.visitor().value(lead, 0));

const number: number | null = scorer.value({ company: { employees: 45 } }, { asOf: '2026-11-02' });
const plain: PlainScore = score.toJSON();
const sent: string = JSON.stringify({ ...plain, id: 1, before: number });

const program: Uint8Array = compileModel(model, { audience: 'browser' });
const loaded: LoadedScorer = loadScorer(program);
loadScorer(new ArrayBuffer(8)).value(new TextEncoder().encode('{}'));
const table: Table = loaded.table({ 'company.employees': Float64Array.of(1, NaN), 'company.country': ['FR', null], tags: [['a'], null] });
loaded.table([{ company: { employees: 3 } }]).free();
loaded.table('{}\n{}').free();
loaded.table(tableFromArrays({ 'company.employees': [1, 2] })).free();
const scores: Scores = loaded.scoreTable(table, { asOf: 0, lang: 'fr' });
const grade: string | undefined = scores.gradeNames[scores.grades[0]];
console.log(scores.values.length, grade, scores.row(0).missing, loaded.scoreJson('[{}]').statuses, sent);

const issues: Issue[] = check(model);
const answer: boolean | null = matches({ a: { $gte: 1 } }, { a: 2 });
await init();
await init(new URL('https://example.org/leadscore.wasm'));
await init(fetch('/leadscore.wasm'));
initSync(new Uint8Array());
try {
  scorer.free();
} catch (error) {
  if (error instanceof LeadscoreError) console.log(error.code, error.path, error.issues.length, answer, issues);
}

// @ts-expect-error there are two languages
scorer.score({}, { lang: 'de' });
// @ts-expect-error an event has a type and an instant
scorer.score({}, { events: [{ id: 'e1' }] });
// @ts-expect-error facts are an object
scorer.score('facts');
// @ts-expect-error the identity of a model is fixed
scorer.model = { id: 'other', version: null };
// @ts-expect-error there are two audiences
compileModel(model, { audience: 'everybody' });
// @ts-expect-error many leads have no events
loaded.scoreTable(table, { events });
// @ts-expect-error a table is what `table` gave
loaded.scoreTable([{}]);
// @ts-expect-error a status is one of four
const status: Score['status'] = 'hot';
console.log(status);
