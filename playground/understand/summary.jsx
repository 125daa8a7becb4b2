/** Where the lead stands: the number, its label, grade and stage, what to do next, and each dimension. */
import { Icon } from '../icons.jsx';
import { issues, sound, standing, score, view, words } from '../state.js';
import { Gauge } from './gauge.jsx';
import { labelOf, listOf, named, scale, tone } from './names.js';

export function Summary() {
  const { say, text, number } = words.value;
  const found = score.value;
  const model = standing.value?.model;
  if (!found || !model)
    return (
      <p class="notice bad">
        <Icon name="warn" />
        <span>
          <strong>{say('staleTitle')}.</strong> {issues.value.find(({ severity }) => severity === 'error')?.message}
        </span>
      </p>
    );

  const { from, to, marks } = scale(model, words.value);
  const { value, bounds } = found;
  const shown = value === null ? '–' : number(Math.round(value * 10) / 10);
  const colour = tone(model, found);
  const label = labelOf(model, found, words.value);
  const flags = [...found.exclusions, ...found.disqualifiers];
  const dimensions = listOf(model.dimensions);
  return (
    <section class="card summary" aria-labelledby="result-title" id="result" tabIndex={-1}>
      <h2 id="result-title" class="hidden">
        {say('result')}
      </h2>
      {!sound.value && (
        <p class="notice bad">
          <Icon name="warn" />
          <span>
            <strong>{say('staleTitle')}.</strong> {say('stale')}
          </span>
          {view.value !== 'build' && (
            <button type="button" class="button plain small" onClick={() => (view.value = 'build')}>
              {say('toMistake')}
            </button>
          )}
        </p>
      )}
      <div class="head">
        <Gauge
          {...{ value, from, to, marks, text: shown, tone: colour }}
          lowest={bounds?.lowest ?? from}
          highest={bounds?.highest ?? from}
          title={say('of', { value: shown, cap: number(to) })}
        />
        <div class="verdict">
          <p class="badges">
            {found.grade && (
              <strong class={`grade ${colour}`}>
                <span class="hidden">{say('grade')} </span>
                {found.grade}
              </strong>
            )}
            {label && (
              <strong class={`pill ${colour}`} id="label">
                {label}
              </strong>
            )}
          </p>
          {flags.map(({ id, answer, reason }) => (
            <p key={id} class={answer ? 'flag' : 'flag open'}>
              <Icon name={answer ? 'warn' : 'ask'} />
              {answer ? reason : say('openFlag', { reason: reason ?? id })}
            </p>
          ))}
          {found.overrides.map(({ id, reason }) => (
            <p key={id} class="flag">
              <Icon name="warn" />
              {say('forced', { reason: reason ?? id })}
            </p>
          ))}
          <dl>
            {found.stage && (
              <div>
                <dt>{say('stage')}</dt>
                <dd>{named(model.stages, found.stage, words.value)}</dd>
              </div>
            )}
            {found.route?.text && (
              <div>
                <dt>{say('route')}</dt>
                <dd>{found.route.text}</dd>
              </div>
            )}
          </dl>
        </div>
      </div>
      <ul class="dimensions">
        {dimensions.map(({ id, label: name, cap, normalise, labels }) => {
          const points = found.dimensions[id]?.value ?? null;
          const most = cap ?? (normalise ? 100 : to);
          const letter = named(labels, found.labels[id], words.value);
          return (
            <li key={id}>
              <span>
                {text(name, id)} {letter && <b>{letter}</b>}
              </span>
              <span class="amount">
                {points === null ? '–' : number(points)} <small>{say('fromMost', { most: number(most) })}</small>
              </span>
              <i class="meter" style={{ '--share': Math.min(1, Math.max(0, (points ?? 0) / (most || 1))) }} />
            </li>
          );
        })}
      </ul>
      <p class="hidden" role="status">{`${shown}, ${label}`}</p>
    </section>
  );
}
