/** A link that holds the model, and the lead where it is wanted, with its length and what travels in it. */
import { useEffect, useState } from 'preact/hooks';
import { pack } from '../address.js';
import { Icon } from '../icons.jsx';
import { lead, model, words } from '../state.js';
import { Copy } from './copy.jsx';

/** What mail programs and chats take without cutting. */
const LONG = 8_000;

export function Link() {
  const { say, number } = words.value;
  const [withLead, choose] = useState(false);
  const [link, show] = useState('');
  useEffect(() => {
    let current = true;
    pack({ model: model.value, ...(withLead && { lead: lead.value }) }).then((text) => {
      if (current) show(`${location.origin}${location.pathname}#m=${text}`);
    });
    return () => {
      current = false;
    };
  }, [withLead, model.value, withLead && lead.value]);
  return (
    <section class="card share">
      <h2>{say('linkTitle')}</h2>
      <p class="quiet">{say('linkAbout')}</p>
      <label class="check">
        <input type="checkbox" checked={withLead} onChange={() => choose(!withLead)} />
        <span>{say('linkLead')}</span>
      </label>
      {withLead && (
        <p class="notice bad">
          <Icon name="warn" />
          <span>{say('linkLeadWarning')}</span>
        </p>
      )}
      <label class="field">
        <span>{say('link')}</span>
        <input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} id="link" />
      </label>
      <p class="quiet" id="link-size">
        {say(link.length > LONG ? 'linkLong' : 'linkSize', { n: number(link.length) })}
      </p>
      <div class="actions">
        <Copy text={link} label={say('copyLink')} />
      </div>
    </section>
  );
}
