/** The model as code, for whoever builds it in: five ways, each of which runs as it is copied. */
import { useState } from 'preact/hooks';
import { download } from '../files.js';
import { asOf, language, lead, model, score, standing, story, words } from '../state.js';
import { Copy } from './copy.jsx';
import { fileOf, RECIPES } from './recipes.js';

/** @typedef {import('./recipes.js').Kind} Kind */

const KINDS = /** @type {const} */ ([
  ['javascript', 'codeJavascript', 'codeJavascriptAbout'],
  ['worker', 'codeWorker', 'codeWorkerAbout'],
  ['html', 'codeHtml', 'codeHtmlAbout'],
  ['rust', 'codeRust', 'codeRustAbout'],
  ['curl', 'codeCurl', 'codeCurlAbout'],
]);

/** A lead of which nothing is told. */
const NOBODY = { facts: {}, events: [] };

export function Code() {
  const { say } = words.value;
  const [kind, choose] = useState(/** @type {Kind} */ ('javascript'));
  const [withLead, take] = useState(story.value !== null); // those of the stories are made up
  const { scorer } = standing.value ?? {};
  if (!scorer) return null;
  const { facts, events } = withLead ? lead.value : NOBODY;
  const dated = events.map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
  const found = withLead && score.value ? score.value : scorer.score(facts, { events, asOf: asOf.value });
  const id = String(model.value.id ?? '');
  const { file, code } = RECIPES[kind]({
    id,
    lead: { facts, events: dated },
    asOf: asOf.value,
    lang: language.value,
    expected: { value: found.value, label: found.labels.total ?? null },
  });
  const about = KINDS.find(([one]) => one === kind)?.[2] ?? 'codeJavascriptAbout';
  return (
    <section class="card copy-as">
      <h2>{say('codeTitle')}</h2>
      <div class="choice" role="radiogroup" aria-label={say('codeAs')}>
        {KINDS.map(([one, key]) => (
          <label key={one}>
            <input type="radio" name="code" value={one} checked={kind === one} onChange={() => choose(one)} />
            <span>{say(key)}</span>
          </label>
        ))}
      </div>
      <p class="quiet">{say(about, { file: fileOf(id) })}</p>
      <label class="check">
        <input type="checkbox" checked={withLead} onChange={() => take(!withLead)} />
        <span>{say('codeLead')}</span>
      </label>
      <pre tabIndex={0} role="region" aria-label={say('codeOf', { what: file })}>
        <code id="code">{code}</code>
      </pre>
      <div class="actions">
        <Copy text={code} label={say('copyCode')} />
        <button type="button" class="button plain" onClick={() => download(file, code, 'text/plain')}>
          {say('downloadCode', { file })}
        </button>
      </div>
    </section>
  );
}
