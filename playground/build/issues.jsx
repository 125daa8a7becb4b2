/** What the engine finds wrong or doubtful in the model; each leads to its place. */
import { Icon } from '../icons.jsx';
import { issues, language, words } from '../state.js';
import { asJson } from './build.jsx';
import { toldIn } from './codes.js';

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
          {found.slice(0, MOST).map((issue) => (
            <Line key={issue.code + issue.path} issue={issue} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** @param {{ issue: import('leadscore').Issue }} props */
function Line({ issue }) {
  const [details, said] = toldIn(issue, language.value).reverse();
  const show = () =>
    asJson.value ? import('./editor.js').then(({ showInJson }) => showInJson(issue)) : showInForms(issue.path);
  return (
    <li>
      <button type="button" onClick={show}>
        <b>{words.value.say(issue.severity)}</b> {said && <span class="said">{said}</span>}{' '}
        <span lang="en" class={said && 'quiet'}>
          {details}
        </span>{' '}
        <code>{issue.path}</code>
      </button>
    </li>
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
