/** Files of the model and of what it says: out to a developer, and in again. */
import { compileModel } from 'leadscore';
import { download, openFile } from '../files.js';
import { Icon } from '../icons.jsx';
import { model, score, sound, view, words } from '../state.js';
import { fileOf } from './recipes.js';

export function Files() {
  const { say } = words.value;
  const file = fileOf(String(model.value.id ?? ''));
  const name = file.replace(/\.json$/, '');
  /** @param {'edge' | 'browser'} audience */
  const compiled = (audience) => /** @type {BlobPart} */ (compileModel(model.value, { audience }));
  const binary = 'application/octet-stream';
  const rows = /** @type {const} */ ([
    ['fileModel', 'fileModelAbout', true, () => download(file, text(model.value), 'application/json')],
    ['fileServer', 'fileServerAbout', sound.value, () => download(`${name}.lsp`, compiled('edge'), binary)],
    ['fileBrowser', 'fileBrowserAbout', sound.value, () => download(`${name}.browser.lsp`, compiled('browser'), binary)],
    ['fileResult', 'fileResultAbout', sound.value, () => download(`${name}.result.json`, text(score.value), 'application/json')],
  ]);
  return (
    <section class="card">
      <h2>{say('filesTitle')}</h2>
      <ul class="files">
        {rows.map(([title, about, there, act]) => (
          <li key={title}>
            <span>
              <strong>{say(title)}</strong>
              <small>{say(about)}</small>
            </span>
            <button
              type="button"
              class="button plain small"
              data-file={title}
              aria-disabled={!there}
              aria-label={say('downloadThis', { what: say(title) })}
              onClick={() => there && act()}
            >
              {say('download')}
            </button>
          </li>
        ))}
        <li>
          <span>
            <strong>{say('filePaper')}</strong>
            <small>{say('filePaperAbout')}</small>
          </span>
          <button type="button" class="button plain small" onClick={() => (view.value = 'paper')}>
            {say('open')}
            <span class="hidden">: {say('filePaper')}</span>
          </button>
        </li>
        <li>
          <span>
            <strong>{say('openModel')}</strong>
            <small>{say('openAbout')}</small>
          </span>
          <label class="button plain small file">
            <Icon name="file" />
            {say('open')}
            <input
              type="file"
              id="open-file"
              accept=".json,.lsp,application/json"
              aria-label={say('openModel')}
              onChange={({ currentTarget }) =>
                openFile(currentTarget.files?.[0]).then(() => {
                  currentTarget.value = '';
                })
              }
            />
          </label>
        </li>
      </ul>
    </section>
  );
}

/** @param {unknown} value */
function text(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
