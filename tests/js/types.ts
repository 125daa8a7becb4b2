/** Compiled by `tsc --noEmit`, never run: the declarations as a TypeScript developer uses them. */
import {
  check,
  createScorer,
  init,
  initSync,
  LeadscoreError,
  matches,
  type Change,
  type Issue,
  type LeadEvent,
  type Model,
  type Score,
  type Scorer,
  type ScoreOptions,
} from 'leadscore';

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
// @ts-expect-error a status is one of four
const status: Score['status'] = 'hot';
console.log(status);
