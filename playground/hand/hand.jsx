/** Handing a model over: as a link, as files, as code, as a part of another site. */
import { Icon } from '../icons.jsx';
import { sound, words } from '../state.js';
import { learn } from '../words.js';
import { Code } from './code.jsx';
import { Embed } from './embed.jsx';
import { Files } from './files.jsx';
import { Link } from './link.jsx';
import { HAND } from './sentences.js';
import './hand.css';

learn(HAND);

export function HandView() {
  const { say } = words.value;
  return (
    <div class="hand">
      <div class="intro">
        <h1>{say('viewHand')}</h1>
        <p class="quiet">{say('handAbout')}</p>
      </div>
      {!sound.value && (
        <p class="notice bad">
          <Icon name="warn" />
          <span>{say('handBroken')}</span>
        </p>
      )}
      <div class="halves">
        <div class="column">
          <Link />
          <Files />
        </div>
        <div class="column">
          <Code />
          <Embed />
        </div>
      </div>
    </div>
  );
}
