/** The made-up site: its pages in a menu, its files and forms on every page, and what happens away from it. */
import { useState } from 'preact/hooks';
import { words } from '../../state.js';
import { Fact } from '../facts.jsx';
import { factAt, withFact } from '../names.js';
import { usual } from './acts.js';

/**
 * @typedef {import('./acts.js').Act} Act
 * @typedef {(act: Act, properties: Record<string, any>) => void} Take
 */

const VERBS = /** @type {const} */ ({ file: 'visitFile', form: 'visitForm', watch: 'visitWatch', act: 'visitDo' });

/** What a page looks like, by the words of its type. @type {[string, RegExp][]} */
const LOOKS = [
  ['prices', /pric|tarif|cost|plan/],
  ['case', /case|stor|reference|customer/],
  ['people', /career|job|team|about/],
  ['dates', /calendar|date|agenda|event/],
  ['tiles', /advert|product|catalog|programme|home/],
];

/** @param {{ acts: Act[], model: Record<string, any>, act: Take, fresh: boolean }} props */
export function Site({ acts, model, act, fresh }) {
  const { say, text } = words.value;
  const [place, turn] = useState(/** @type {string | null} */ (null));
  const pages = acts.filter(({ kind }) => kind === 'page');
  const away = acts.filter(({ kind }) => kind === 'mail' || kind === 'away');
  const here = acts.filter((one) => !pages.includes(one) && !away.includes(one));
  const page = fresh ? undefined : pages.find(({ id }) => id === place);
  const name = (/** @type {Act} */ one) => text(one.label, one.type);
  const open = (/** @type {Act} */ one) => {
    turn(one.id);
    act(one, withUsual(model, one));
  };
  return (
    <section class="card site" aria-label={say('visitSite')}>
      <div class="chrome" aria-hidden="true">
        <i />
        <i />
        <i />
        <span>example.com/{page ? slug(page) : ''}</span>
      </div>
      {pages.length > 0 && (
        <nav aria-label={say('visitPages')}>
          {pages.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-current={page === one ? 'page' : undefined}
              data-act={one.id}
              onClick={() => open(one)}
            >
              {name(one)}
            </button>
          ))}
        </nav>
      )}
      <div class="leaf">
        <div>
          <h2>{page ? name(page) : say('visitHome')}</h2>
          <p class="quiet">{say(page ? 'visitReading' : 'visitHomeAbout')}</p>
        </div>
        <Look name={page ? (LOOKS.find(([, pattern]) => pattern.test(page.id.toLowerCase()))?.[0] ?? 'text') : 'home'} />
      </div>
      {here.length > 0 && (
        <ul class="offers" aria-label={say('visitHere')}>
          {here.map((one) => (
            <Offer key={one.id} {...{ one, model, act, name: name(one) }} />
          ))}
        </ul>
      )}
      {away.length > 0 && (
        <div class="away">
          <h3>{say('visitAway')}</h3>
          <ul class="offers">
            {away.map((one) => (
              <Offer key={one.id} {...{ one, model, act, name: name(one) }} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** @param {{ one: Act, model: Record<string, any>, act: Take, name: string }} props */
function Offer({ one, model, act, name }) {
  const { say, text } = words.value;
  const [filled, fill] = useState(() => withUsual(model, one));
  const verb = one.kind in VERBS ? say(VERBS[/** @type {keyof typeof VERBS} */ (one.kind)]) : '';
  return (
    <li class={one.kind}>
      <strong>{name}</strong>
      {one.asked.map(([path, attribute]) => (
        <Fact
          key={path}
          id={`visit-${one.id}-${path}`}
          attribute={attribute}
          name={text(attribute.label, path)}
          value={factAt(filled, path)}
          change={(value) => fill(withFact(filled, path, value))}
        />
      ))}
      <button
        type="button"
        class="button small plain"
        data-act={one.id}
        aria-label={verb ? `${verb}: ${name}` : name}
        onClick={() => act(one, filled)}
      >
        {verb || '+ 1'}
      </button>
    </li>
  );
}

/** @param {Record<string, any>} model @param {Act} act */
function withUsual(model, { type, given, asked }) {
  return asked.reduce(
    (properties, [path, attribute]) => withFact(properties, path, usual(model, type, path, attribute)),
    given,
  );
}

/** @param {Act} act */
function slug({ type, given }) {
  if (typeof given.path === 'string') return given.path.replace(/^\//, '');
  return type.replace(/_?(view|visit|read)$/, '').replaceAll('_', '-') || type;
}

/** Shapes instead of words and pictures: it is nobody's site. @param {{ name: string }} props */
function Look({ name }) {
  return (
    <div class={`look ${name}`} aria-hidden="true">
      {Array.from({ length: 6 }, (_, place) => (
        <i key={place} />
      ))}
    </div>
  );
}
