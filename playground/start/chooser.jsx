/** How to begin: from one of the stories, each with its name and a sentence, or from a file of one's own. */
import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { days, story, take, words } from '../state.js';
import { leadsOf, modelOf, STORIES } from '../stories.js';
import { learn } from '../words.js';
import { Drop, Own } from './own.jsx';
import { START } from './sentences.js';
import './start.css';

learn(START);

/** @param {{ done: () => void }} props */
export function Stories({ done }) {
  const { say, text } = words.value;
  const [models, show] = useState(/** @type {Record<string, any>[]} */ ([]));
  const own = useSignal(/** @type {import('./own.jsx').Found | null} */ (null));
  useEffect(() => void Promise.all(STORIES.map(modelOf)).then(show), []);
  const choose = async (/** @type {number} */ place) => {
    const [lead] = await leadsOf(STORIES[place]);
    take({ model: models[place], lead });
    story.value = STORIES[place];
    days.value = 0;
    done();
  };
  if (own.value) return <Own found={own.value} back={() => (own.value = null)} done={done} />;
  return (
    <>
      <p class="quiet">{say('storiesAbout')}</p>
      <ul class="stories">
        {models.map((model, place) => (
          <li key={model.id}>
            <button
              type="button"
              aria-current={story.value === STORIES[place] ? 'true' : undefined}
              onClick={() => choose(place)}
            >
              <strong>{text(model.name)}</strong>
              <span>{text(model.description)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Drop show={(found) => (own.value = found)} done={done} />
    </>
  );
}
