/** Hands the model over: a link that holds it, a file, a compiled file. */
import { useEffect, useState } from 'preact/hooks';
import { compileModel } from 'leadscore';
import { pack } from './address.js';
import { download } from './files.js';
import { Icon } from './icons.jsx';
import { lead, model, sound, words } from './state.js';

/** What mail programs and chats take without cutting. */
const LONG = 8_000;

export function Share() {
  const { say, number } = words.value;
  const [withLead, choose] = useState(false);
  const [link, show] = useState('');
  const [copied, copy] = useState(false);
  useEffect(() => {
    pack({ model: model.value, ...(withLead && { lead: lead.value }) }).then((text) => {
      show(`${location.origin}${location.pathname}#m=${text}`);
      copy(false);
    });
  }, [withLead, model.value]);
  const name = String(model.value.id ?? 'model');
  return (
    <div class="share">
      <p class="quiet">{say('shareAbout')}</p>
      <label class="check">
        <input type="checkbox" checked={withLead} onChange={() => choose(!withLead)} />
        <span>{say('shareLead')}</span>
      </label>
      {withLead && (
        <p class="notice bad">
          <Icon name="warn" />
          <span>{say('shareLeadWarning')}</span>
        </p>
      )}
      <label class="field">
        <span>{say('link')}</span>
        <input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} id="link" />
      </label>
      <p class="quiet" id="link-size">
        {say(link.length > LONG ? 'shareLong' : 'shareSize', { n: number(link.length) })}
      </p>
      <div class="actions">
        <button type="button" class="button" onClick={() => navigator.clipboard.writeText(link).then(() => copy(true))}>
          {say(copied ? 'copied' : 'copy')}
        </button>
        <button
          type="button"
          class="button plain"
          onClick={() => download(`${name}.json`, `${JSON.stringify(model.value, null, 2)}\n`, 'application/json')}
        >
          {say('downloadModel')}
        </button>
        {sound.value && (
          <button
            type="button"
            class="button plain"
            onClick={() =>
              download(`${name}.lsp`, /** @type {BlobPart} */ (compileModel(model.value)), 'application/octet-stream')
            }
          >
            {say('downloadProgram')}
          </button>
        )}
      </div>
      <p class="hidden" role="status">
        {copied ? say('copied') : ''}
      </p>
    </div>
  );
}
