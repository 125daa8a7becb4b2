/** The stories to choose from, each with its name and a sentence, and a model file as another way to begin. */
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons.jsx';
import { openFile } from './files.js';
import { days, story, take, words } from './state.js';
import { leadsOf, modelOf, STORIES } from './stories.js';

/** @param {{ done: () => void }} props */
export function Stories({ done }) {
  const { say, text } = words.value;
  const [models, show] = useState(/** @type {Record<string, any>[]} */ ([]));
  useEffect(() => void Promise.all(STORIES.map(modelOf)).then(show), []);
  const choose = async (/** @type {number} */ place) => {
    const [lead] = await leadsOf(STORIES[place]);
    take({ model: models[place], lead });
    story.value = STORIES[place];
    days.value = 0;
    done();
  };
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
      <label class="button plain file">
        <Icon name="file" />
        {say('openModel')}
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ currentTarget }) => openFile(currentTarget.files?.[0]).then(done)}
        />
      </label>
    </>
  );
}
