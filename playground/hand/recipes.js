/** The model at hand as code that runs: for Node, an edge worker, a page, Rust, and a request to that worker. Texts only. */

/**
 * @typedef {'javascript' | 'worker' | 'html' | 'rust' | 'curl'} Kind
 * @typedef {{ id: string, lead: { facts: any, events: any[] }, asOf: number, lang: 'en' | 'fr', expected: { value: number | null, label: string | null } }} Given
 * @typedef {{ file: string, code: string }} Recipe
 */

/** As wide as code is written. */
const LINE = 76;

/** @type {Record<Kind, (given: Given) => Recipe>} */
export const RECIPES = {
  javascript: ({ id, lead, asOf, lang, expected }) => ({
    file: 'score.mjs',
    code: `import { readFileSync } from 'node:fs';
import { createScorer } from 'leadscore';

const scorer = createScorer(readFileSync('${fileOf(id)}', 'utf8'));
const facts = ${json(lead.facts)};
const events = ${json(lead.events)};

const score = scorer.score(facts, { events, asOf: '${iso(asOf)}', lang: '${lang}' });

console.log(score.value, score.labels.total); // ${expected.value} ${expected.label}
for (const { text } of score.reasons) console.log(text);
`,
  }),
  worker: ({ id, lang }) => ({
    file: 'worker.js',
    code: `import { createScorer } from 'leadscore';
import model from './${fileOf(id)}' with { type: 'json' };

const scorer = createScorer(model); // once, for every request

export default {
  async fetch(request) {
    if (request.method !== 'POST') return new Response('expected POST with { "facts", "events" }', { status: 405 });
    try {
      const { facts, events, asOf = Date.now() } = await request.json();
      return Response.json(scorer.score(facts, { events, asOf, lang: '${lang}' }));
    } catch ({ code = 'not-json', path = '', message }) {
      return Response.json({ code, path, message }, { status: 400 });
    }
  },
};
`,
  }),
  html: ({ id, lead, asOf, lang }) => ({
    file: 'score.html',
    code: `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<script type="importmap">{ "imports": { "leadscore": "./node_modules/leadscore/entries/full/browser.js" } }</script>
<output></output>
<script type="module">
  import { init, createScorer } from 'leadscore';

  const [model] = await Promise.all([fetch('${fileOf(id)}').then((response) => response.json()), init()]);
  const facts = ${inScript(json(lead.facts, '  '))};
  const events = ${inScript(json(lead.events, '  '))};
  const { value, labels } = createScorer(model).score(facts, { events, asOf: '${iso(asOf)}' });
  document.querySelector('output').textContent = \`\${value} \${labels.total}\`;
</script>
</html>
`,
  }),
  rust: ({ id, lead, asOf, lang, expected }) => ({
    file: 'main.rs',
    code: `// Cargo.toml: [dependencies] leadscore = { path = "…" }
use leadscore::{Lead, Scorer, Value};

fn main() -> Result<(), leadscore::Error> {
    let scorer = Scorer::new(include_str!("${fileOf(id)}"))?;
    let lead = Value::parse(${raw(json({ facts: lead.facts, events: lead.events, asOf: iso(asOf), lang }, '    '))})?;
    let score = scorer.score(&Lead::of(&lead)?)?;

    println!("{:?}", score.value); // ${expected.value === null ? 'None' : `Some(${fraction(expected.value)})`}
    for reason in score.reasons.unwrap_or_default() {
        println!("{}", reason.text);
    }
    Ok(())
}
`,
  }),
  curl: ({ lead, asOf }) => ({
    file: 'score.sh',
    code: `curl -s http://localhost:8787/ -H 'content-type: application/json' -d @- <<'LEAD'
${json({ facts: lead.facts, events: lead.events, asOf: iso(asOf) })}
LEAD
`,
  }),
};

/** What the file of a model is called. @param {string} id */
export function fileOf(id) {
  return `${id.replace(/[^\w.-]+/g, '-') || 'model'}.json`;
}

/** @param {number} at */
function iso(at) {
  return new Date(at).toISOString();
}

/** What fits on a line stands on one. @param {unknown} value @param {string} [indent] @returns {string} */
function json(value, indent = '') {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (line.length + indent.length <= LINE || typeof value !== 'object' || value === null) return line;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([key, part]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    return `${indent}  ${name}${json(part, `${indent}  `)}`;
  });
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** Nothing that is told of a lead ends the script that it stands in. @param {string} text */
function inScript(text) {
  return text.replaceAll('<', '\\u003c');
}

/** As Rust writes it, with as many signs around it as the text needs. @param {string} text */
function raw(text) {
  const most = Math.max(0, ...[...text.matchAll(/"(#*)/g)].map(([, signs]) => signs.length));
  const signs = '#'.repeat(most + 1);
  return `r${signs}"${text}"${signs}`;
}

/** @param {number} value */
function fraction(value) {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
