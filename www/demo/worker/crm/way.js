/** The way of a lead, drawn: the site, the outbox with what waits in it, the CRM with its switch. */
import { element } from '../../../element.js';

/** @typedef {import('./words.js').Words} Words */
/** @typedef {{ on: boolean, leads: import('../../../../pkg/edge.js').Lead[], requests: number, waiting: (string | null)[], outbox: import('../../../../pkg/edge.js').Report['destinations'][string] }} State */

/** So many of those that wait are shown one by one. */
const SHOWN = 12;

/** @param {State} state @param {Words} words @param {string} form where the form is @param {() => void} turn switches the CRM */
export function wayOf({ on, waiting, outbox }, words, form, turn) {
  const { say } = words;
  const { counts, held } = outbox;
  const delivered = counts.sent + counts.merged;
  const queue = counts.queued + counts.held;
  const notes = [
    delivered > 0 && (delivered === 1 ? say('deliveredOne') : say('delivered', { n: delivered })),
    counts.dead > 0 && say('dead', { n: counts.dead }),
    held && say('held', { why: held }),
  ].filter((note) => note !== false && note !== null);
  return element(
    'section',
    { class: 'way', 'aria-label': say('way'), 'data-waiting': String(queue > 0), 'data-on': String(on) },
    element('div', { class: 'stop' }, element('h2', {}, say('site')), element('p', {}, say('siteSays')), element('a', { class: 'button quiet', href: form }, say('form'))),
    element('i', { 'aria-hidden': 'true', class: 'leg' }),
    element(
      'div',
      { class: 'stop', id: 'outbox' },
      element('h2', {}, say('outbox')),
      element('p', { role: 'status' }, queue === 0 ? say('nothingWaits') : queue === 1 ? say('waitsOne') : say('waits', { n: queue })),
      queue > 0 && element('p', { class: 'queue', 'aria-hidden': 'true' }, ...waiting.slice(0, SHOWN).map((grade) => element('span', { class: 'token', 'data-grade': grade ?? 'none' }, grade ?? '–')), waiting.length > SHOWN && `+${waiting.length - SHOWN}`),
      element('p', { class: 'fine' }, notes.join(' · ')),
    ),
    element('i', { 'aria-hidden': 'true', class: 'leg last' }),
    element(
      'div',
      { class: 'stop' },
      element('h2', {}, element('i', { class: 'lamp', 'aria-hidden': 'true' }), say('crm')),
      element('p', {}, say(on ? 'on' : 'off')),
      element('button', { class: on ? 'button quiet' : 'button', type: 'button', id: 'switch', onclick: turn }, say(on ? 'switchOff' : 'switchOn')),
    ),
  );
}
