/** What to put into another site: a frame with this page in it, or the element that scores there. */
import { useEffect, useState } from 'preact/hooks';
import { pack } from '../address.js';
import { language, lead, model, story, words } from '../state.js';
import { Copy } from './copy.jsx';
import { fileOf } from './recipes.js';
import { elementOf, frameOf } from './snippets.js';

const SHOWN = /** @type {const} */ ([
  ['lead', 'wayLead'],
  ['visit', 'wayVisit'],
  ['two', 'wayTwo'],
]);

export function Embed() {
  const { say, text } = words.value;
  const [how, choose] = useState(/** @type {'frame' | 'element'} */ ('frame'));
  const [shown, show] = useState(/** @type {'lead' | 'visit' | 'two'} */ ('lead'));
  const [packed, hold] = useState('');
  useEffect(() => {
    let current = true;
    pack({ model: model.value, ...(story.value !== null && { lead: lead.value }) }).then((text) => current && hold(text));
    return () => {
      current = false;
    };
  }, [model.value, lead.value, story.value]); // those of the stories are made up
  const page = `${location.origin}${location.pathname}`;
  const file = fileOf(String(model.value.id ?? ''));
  const { facts, events } = story.value === null ? { facts: {}, events: [] } : lead.value;
  const snippet =
    how === 'frame'
      ? frameOf({ page, packed, view: shown, lang: language.value, title: text(model.value.name, 'leadscore') })
      : elementOf({
          page,
          file,
          lang: language.value,
          facts,
          events: events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
        });
  return (
    <section class="card copy-as">
      <h2>{say('embedTitle')}</h2>
      <div class="choice" role="radiogroup" aria-label={say('embedHow')}>
        {/** @type {const} */ ([
          ['frame', 'embedFrame'],
          ['element', 'embedElement'],
        ]).map(([one, key]) => (
          <label key={one}>
            <input type="radio" name="embed" value={one} checked={how === one} onChange={() => choose(one)} />
            <span>{say(key)}</span>
          </label>
        ))}
      </div>
      <p class="quiet">{how === 'frame' ? say('embedFrameAbout') : say('embedElementAbout', { file })}</p>
      {how === 'frame' && (
        <div class="field">
          <label for="embed-shows">{say('embedShows')}</label>
          <select
            id="embed-shows"
            value={shown}
            onChange={({ currentTarget }) => show(/** @type {typeof shown} */ (currentTarget.value))}
          >
            {SHOWN.map(([one, key]) => (
              <option key={one} value={one}>
                {say(key)}
              </option>
            ))}
          </select>
        </div>
      )}
      <pre tabIndex={0} role="region" aria-label={say('codeOf', { what: say('embedTitle') })}>
        <code id="snippet">{snippet}</code>
      </pre>
      <div class="actions">
        <Copy text={snippet} label={say('copyCode')} />
      </div>
    </section>
  );
}
