/** What the leads did: a second file beside theirs, how much of it found its lead, and which of its columns says what. */
import { Icon } from '../icons.jsx';
import { now, words } from '../state.js';
import { FileButton } from './file-button.jsx';
import { asOfLast, doings, file, forgetEvents, joinBy, openEvents } from './many.js';
import { told } from './told.js';

const ROLES = /** @type {const} */ ([
  ['who', 'roleWho'],
  ['lead', 'roleLead'],
  ['type', 'roleType'],
  ['at', 'roleAt'],
  ['id', 'roleId'],
]);

export function Doings() {
  const { say } = words.value;
  const there = doings.value;
  return (
    <section class="card doings">
      <h2>{say('doings')}</h2>
      {there ? (
        <Joined there={there} />
      ) : (
        <>
          <p>{say('doingsAbout')}</p>
          <p class="quiet">{say('doingsNeeds')}</p>
        </>
      )}
      <div class="actions">
        <FileButton id="events" name={say(there ? 'doingsOther' : 'doingsChoose')} take={openEvents} small />
        {there && (
          <button type="button" class="button plain small" onClick={forgetEvents}>
            {say('doingsForget')}
          </button>
        )}
      </div>
    </section>
  );
}

/** @param {{ there: import('./many.js').Doings }} props */
function Joined({ there: { name, header, notes, roles, counts } }) {
  const { say, number, list, date } = words.value;
  const { events, joined, leads, orphans, undated, later, uncounted, last } = counts;
  const doubts = [
    joined === 0 && say('doingsNone'),
    orphans > 0 && say('doingsOrphans', { n: number(orphans) }),
    undated > 0 && say('doingsUndated', { n: number(undated) }),
    later > 0 && say('doingsLater', { n: number(later) }),
    uncounted.length > 0 && say('doingsUncounted', { types: list(uncounted) }),
    ...notes.map(told),
  ].filter((one) => typeof one === 'string');
  return (
    <>
      <p role="status">
        <strong>
          {say('doingsJoined', { name, n: number(joined), all: number(events), leads: number(leads) })}
        </strong>
      </p>
      {doubts.length > 0 && (
        <ul class="doubts">
          {doubts.map((doubt) => (
            <li key={doubt}>
              <Icon name="warn" /> <span>{doubt}</span>
            </li>
          ))}
        </ul>
      )}
      {joined > 0 && last < now && (
        <label class="check">
          <input type="checkbox" id="as-of-last" checked={asOfLast.value} onChange={() => (asOfLast.value = !asOfLast.value)} />
          <span>{say('asOfLast', { date: date(last) })}</span>
        </label>
      )}
      <details open={joined === 0}>
        <summary>{say('doingsColumns')}</summary>
        <div class="columns">
          {ROLES.map(([role, key]) => (
            <label class="field" key={role}>
              <span>{say(key)}</span>
              <select
                id={`role-${role}`}
                value={roles[role]}
                onChange={({ currentTarget }) => joinBy({ ...roles, [role]: Number(currentTarget.value) })}
              >
                <option value={-1}>{say('notInFile')}</option>
                {(role === 'lead' ? (file.value?.header ?? []) : header).map((column, place) => (
                  <option key={place} value={place}>
                    {column}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </details>
    </>
  );
}
