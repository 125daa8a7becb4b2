/** What is not known of a lead, and which answer would matter most: the engine scores the lead with each of them. */
import { Icon } from '../icons.jsx';
import { asOf, lead, score, standing, words } from '../state.js';
import { listOf, rulesOf, withFact } from './names.js';

/** How many values of one attribute are tried. */
const TRIED = 24;

export function Unknown() {
  const { say, text, number, percent } = words.value;
  const found = score.value;
  const { model, scorer } = standing.value ?? {};
  if (!found || !model || !scorer) return null;
  const { bounds, missing, coverage } = found;
  const span = bounds && { lowest: number(bounds.lowest), highest: number(bounds.highest) };
  const open = bounds && bounds.highest > bounds.lowest;
  const { facts, events } = lead.value;

  const rows = missing.map((path) => {
    const attribute = model.attributes?.[path];
    const values = answersTo(model, path).map((answer) =>
      scorer.value(withFact(facts, path, answer), { events, asOf: asOf.value }),
    );
    const known = values.filter((value) => value !== null);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    return {
      path,
      name: text(attribute?.label, path),
      required: attribute?.required,
      low,
      high,
      spread: known.length > 0 ? Math.max(high, found.value ?? low) - Math.min(low, found.value ?? high) : 0,
    };
  });
  rows.sort((a, b) => Number(b.required ?? 0) - Number(a.required ?? 0) || b.spread - a.spread);
  return (
    <>
      {span && (
        <p>
          {missing.length === 0 ? say('complete') : say(open ? (bounds?.exact ? 'between' : 'about') : 'stays', span)}
        </p>
      )}
      <p class="quiet">{say('coverage', { percent: percent(coverage) })}</p>
      <ul class="asks">
        {rows.map(({ path, name, required, low, high, spread }) => (
          <li key={path}>
            <button type="button" onClick={() => focus(path)} title={say('ask')}>
              <Icon name="ask" />
              <span>
                <strong>{name}</strong>
                <small>
                  {required
                    ? say('answerDecides')
                    : spread > 0.005
                      ? say('answerChanges', { low: number(low), high: number(high) })
                      : say('answerNothing')}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/**
 * Values to try: those declared, and the edges that the model itself speaks of.
 * @param {import('../state.js').Model} model
 * @param {string} path
 * @returns {unknown[]}
 */
function answersTo(model, path) {
  const { type, values, min, max } = model.attributes?.[path] ?? {};
  if (type === 'boolean') return [true, false];
  if (type === 'list') return [[], ...listOf(values).map((value) => [value]), listOf(values)];
  if (values) return values;
  const edges = new Set(/** @type {unknown[]} */ ([min, max].filter((edge) => edge !== undefined)));
  for (const { attribute, bands } of rulesOf(model)) {
    if (attribute === path)
      for (const band of listOf(bands))
        for (const key of ['from', 'above', 'to', 'below', 'is'])
          listOf([band[key]].flat()).forEach((edge) => edge !== undefined && edges.add(edge));
  }
  const collect = (/** @type {any} */ part) => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      if (key === path || key === `facts.${path}`)
        for (const edge of typeof inner === 'object' && inner !== null ? Object.values(inner).flat() : [inner])
          edges.add(edge);
      collect(inner);
    }
  };
  collect(model);
  const found = [...edges].filter((edge) =>
    type === 'number' || type === 'integer' ? typeof edge === 'number' : typeof edge === 'string',
  );
  const around = found.flatMap((edge) => (typeof edge === 'number' ? [edge - 1, edge, edge + 1] : [edge]));
  const allowed = around.filter(
    (edge) => typeof edge !== 'number' || (edge >= (min ?? -Infinity) && edge <= (max ?? Infinity)),
  );
  return (allowed.length > 0 ? allowed : [type === 'date' ? '2026-01-01' : type === 'text' ? 'x' : 0]).slice(0, TRIED);
}

/** @param {string} path */
function focus(path) {
  const field = document.getElementById(`fact-${path}`);
  const control = /** @type {HTMLElement | null} */ (field?.matches('fieldset') ? field.querySelector('input') : field);
  control?.focus();
  control?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}
