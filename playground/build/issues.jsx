/** What the engine finds wrong or doubtful in the model; each leads to its place. */
import { Icon } from '../icons.jsx';
import { spaced } from '../../www/demo/french.js';
import { issues, language, words } from '../state.js';
import { asJson } from './build.jsx';
import { FRENCH } from './codes.js';

/** Shown at once; the others when these are dealt with. */
const MOST = 8;

export function Issues() {
  const { say } = words.value;
  const found = issues.value;
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const doubts = found.length - errors;
  return (
    <div class={`issues ${errors > 0 ? 'bad' : doubts > 0 ? 'doubt' : ''}`} role="group">
      <p role="status">
        <Icon name={found.length > 0 ? 'warn' : 'done'} />
        {found.length === 0
          ? say('issuesNone')
          : [errors > 0 && say('issuesErrors', { n: errors }), doubts > 0 && say('issuesWarnings', { n: doubts })]
              .filter(Boolean)
              .join(', ')}
      </p>
      {found.length > 0 && (
        <ul>
          {found.slice(0, MOST).map(({ severity, code, path, message, suggestion }) => (
            <li key={code + path}>
              <button
                type="button"
                onClick={() =>
                  asJson.value ? import('./place.js').then(({ showInJson }) => showInJson(path)) : showInForms(path)
                }
              >
                <b>{say(severity)}</b>{' '}
                {language.value === 'fr' && FRENCH[code] && <span class="said">{spaced(FRENCH[code])}.</span>}{' '}
                <span lang="en" class={language.value === 'fr' && FRENCH[code] ? 'quiet' : undefined}>
                  {message}
                  {suggestion && ` – ${suggestion}`}
                </span>{' '}
                <code>{path}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The field of a place, or of the nearest thing around it that has one. @param {string} path */
function showInForms(path) {
  const steps = path
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/\["([^"]+)"\]/g, '.$1')
    .split('.')
    .filter(Boolean);
  for (let length = steps.length; length > 0; length--) {
    const found = document.getElementById(`at-${steps.slice(0, length).join('.')}`);
    if (!found) continue;
    for (let around = found.closest('details'); around; around = around.parentElement?.closest('details') ?? null)
      around.open = true;
    const control = /** @type {HTMLElement} */ (
      found.matches('input, select') ? found : (found.querySelector(':scope > summary, input, select, button') ?? found)
    );
    control.focus();
    found.scrollIntoView({ block: 'center', behavior: 'smooth' });
    return;
  }
}
