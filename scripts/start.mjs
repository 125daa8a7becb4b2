/**
 * From a fresh clone to a score: sets up, builds, scores one lead in Node, then serves the page where leads are scored in the
 * browser, and the demo site with a worker and a CRM behind its form. `--no-serve` ends before that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { buildDemo } from './demo.mjs';
import { buildPlayground } from './playground.mjs';
import { leadsOfTheDemo } from '../www/demo/worker/site.mjs';
import { serve } from './serve.mjs';
import { setup } from './setup.mjs';
import { say, tools } from './shell.mjs';
import { buildTracker } from './tracker.mjs';

await setup();
await build();
await buildTracker();
await buildDemo();
await buildPlayground();
await example();
if (!process.argv.includes('--no-serve')) {
  const { url } = await serve(Number(process.env.PORT ?? 8080), {}, leadsOfTheDemo(join(tools, 'demo')).answer);
  say(`Score a lead in the browser: ${url}, be one: ${url}demo/, or sell to one: ${url}demo/worker/crm/  (Ctrl+C ends)`);
}

async function example() {
  const { createScorer } = await import('leadscore');
  const model = JSON.parse(readFileSync(new URL('../www/models/agency.json', import.meta.url), 'utf8'));
  const [{ name, facts, events, asOf }] = model.tests;
  const result = createScorer(model).score(facts, { events, asOf, lang: 'en' });

  say(`Scoring one lead in Node with www/models/agency.json: ${name}`);
  const { value, labels, grade, stage, route, coverage, validUntil } = result;
  for (const [title, text] of Object.entries({
    score: `${value} of 100, ${labels.total}`,
    grade,
    stage,
    next: route?.text,
    known: `${Math.round(coverage * 100)} % of what the model asks about`,
    holds: validUntil === null ? 'for ever' : `until ${new Date(validUntil).toISOString()}`,
  })) {
    if (text) console.log(`  ${title.padEnd(7)}${text}`);
  }
  console.log();
  const reasons = result.reasons ?? [];
  for (const { value, text } of reasons.filter(({ value }) => value !== 0)) {
    console.log(`  ${'█'.repeat(Math.min(30, Math.round(Math.abs(value)))).padEnd(18)} ${text}`);
  }
  for (const { text } of reasons.filter(({ value }) => value === 0)) console.log(`  ${'?'.padEnd(18)} ${text}`);
  console.log();
}
