/** Two charts of outcomes, each of which is a table as well: how much the best leads are ahead, and what a score comes to. */
import { useMemo } from 'preact/hooks';
import { words } from '../state.js';
import { bandsOf, tenthsOf } from './judge.js';

/**
 * @typedef {import('./judge.js').Tally} Tally
 * @typedef {{ name: string, figure: string, height: number, ends?: [low: number, high: number], few?: boolean, best?: boolean }} Bar
 */

/** @param {{ tally: Tally }} props */
export function Lift({ tally }) {
  const { say, number, percent } = words.value;
  const tenths = useMemo(() => tenthsOf(tally), [tally]);
  const overall = tenths.reduce((sum, { won }) => sum + won, 0) / tenths.reduce((sum, { leads }) => sum + leads, 0);
  const most = Math.max(1, ...tenths.map(({ lift }) => lift));
  const one = (/** @type {number} */ value) => number(Math.round(value * 10) / 10);
  return (
    <figure class="chart" id="lift">
      <h3>{say('lift')}</h3>
      <p class="quiet">{say('liftAbout', { share: percent(overall) })}</p>
      <Bars
        bars={tenths.map(({ lift }, place) => ({
          name: number(place + 1),
          figure: one(lift),
          height: lift / most,
          best: lift > 1,
        }))}
        line={1 / most}
      />
      <Table
        headings={[say('tenth'), say('scoreColumn'), say('leadsColumn'), say('wonColumn'), say('shareColumn'), say('liftColumn')]}
        rows={tenths.map(({ low, high, leads, won, share, lift }, place) => [
          number(place + 1),
          say('bandFromTo', { from: number(low), to: number(high) }),
          one(leads),
          one(won),
          percent(share),
          say('liftOf', { n: number(lift) }),
        ])}
      />
    </figure>
  );
}

/** @param {{ tally: Tally, low: number, high: number }} props */
export function Calibration({ tally, low, high }) {
  const { say, number, percent } = words.value;
  const bands = useMemo(() => bandsOf(tally, low, high), [tally, low, high]);
  const most = Math.max(0.01, ...bands.map(({ share, enough }) => (enough ? share.high : share.value)));
  return (
    <figure class="chart" id="calibration">
      <h3>{say('calibration')}</h3>
      <p class="quiet">{say('calibrationAbout')}</p>
      <Bars
        bars={bands.map(({ from, share, enough }) => ({
          name: number(Math.round(from)),
          figure: percent(share.value),
          height: Math.min(1, share.value / most),
          ends: [share.low / most, Math.min(1, share.high / most)],
          few: !enough,
          best: true,
        }))}
      />
      <Table
        headings={[say('bandColumn'), say('leadsColumn'), say('wonColumn'), say('shareColumn'), say('betweenColumn'), say('dataColumn')]}
        rows={bands.map(({ from, to, leads, won, share, enough }) => [
          say('bandFromTo', { from: number(from), to: number(to) }),
          number(leads),
          number(won),
          percent(share.value),
          say('shareFromTo', { low: percent(share.low), high: percent(share.high) }),
          say(enough ? 'enoughMark' : 'fewMark'),
        ])}
      />
    </figure>
  );
}

/** @param {{ bars: Bar[], line?: number }} props `line`: what all of them together come to */
function Bars({ bars, line }) {
  return (
    <div class="bars" aria-hidden="true">
      {line !== undefined && <hr style={{ '--at': line }} />}
      {bars.map(({ name, figure, height, ends, few, best }) => (
        <div key={name} class={`${few ? 'few' : ''} ${best ? 'best' : 'low'}`}>
          <span class="plot" style={{ '--height': height, '--low': ends?.[0] ?? 0, '--high': ends?.[1] ?? 0 }}>
            <i />
            {ends && <u />}
            <b>{figure}</b>
          </span>
          <small>{name}</small>
        </div>
      ))}
    </div>
  );
}

/** @param {{ headings: string[], rows: string[][] }} props */
function Table({ headings, rows }) {
  return (
    <details>
      <summary>{words.value.say('asTable')}</summary>
      <div class="scrolled" tabIndex={0} role="region" aria-label={headings.join(', ')}>
        <table>
          <thead>
            <tr>
              {headings.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...cells]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {cells.map((cell, place) => (
                  <td key={place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
