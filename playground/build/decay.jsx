/** How the points of an event fade as it gets older. */
import { edit, model, placeOf, words } from '../state.js';
import { ChoiceField, DurationField, NumberField } from './fields.jsx';

/** @typedef {import('../state.js').Path} Path */

const FADES = /** @type {const} */ ({
  none: { kind: 'none' },
  exponential: { kind: 'exponential', halfLife: '14d' },
  linear: { kind: 'linear', lose: 0.25, every: '30d' },
  step: { kind: 'step', lose: 0.25, every: '30d' },
  expire: { kind: 'expire', after: '90d' },
});
const FADE_NAMES = /** @type {const} */ ([
  ['none', 'decayNone'],
  ['exponential', 'decayExponential'],
  ['linear', 'decayLinear'],
  ['step', 'decayStep'],
  ['expire', 'decayExpire'],
]);

/** How points fade with age; a rule of its own may say that they do not. @param {{ path: Path, inherits?: boolean }} props */
export function Decay({ path, inherits = false }) {
  const { say } = words.value;
  const decay = placeOf(model.value, path);
  const kind = decay?.kind ?? (inherits ? '' : 'none');
  const at = (/** @type {string} */ key) => [...path, key];
  return (
    <div class="grid">
      <ChoiceField
        path={at('kind')}
        name="decayKind"
        about="decayAbout"
        value={kind}
        options={[
          ...(inherits ? [/** @type {const} */ (['', say('decayGroup')])] : []),
          ...FADE_NAMES.map(([value, key]) => /** @type {const} */ ([value, say(key)])),
        ]}
        choose={(next) => edit(path, next === '' || (next === 'none' && !inherits) ? undefined : FADES[/** @type {keyof typeof FADES} */ (next)])}
      />
      {kind === 'exponential' && <DurationField path={at('halfLife')} name="halfLife" about="halfLifeAbout" needed />}
      {(kind === 'linear' || kind === 'step') && (
        <NumberField path={at('lose')} name="lose" about="loseAbout" min={0} max={1} needed />
      )}
      {(kind === 'linear' || kind === 'step') && (
        <DurationField path={at('every')} name="every" about="everyAbout" needed />
      )}
      {kind === 'expire' && <DurationField path={at('after')} name="after" about="afterAbout" needed />}
      {kind !== 'none' && kind !== '' && <DurationField path={at('grace')} name="grace" about="graceAbout" />}
      {kind !== 'none' && kind !== '' && (
        <NumberField path={at('residual')} name="residual" about="residualAbout" otherwise={0} min={0} max={1} />
      )}
    </div>
  );
}
