/**
 * The demo form: offers a time to a visitor who is hot, and shows what is sent. Where a worker stands behind the site its page says
 * so by where the form leads to; elsewhere nothing is sent, as there is nobody to send it to.
 */
import { byId, element } from '../element.js';

/** @typedef {import('./words.js').Words} Words */

const HOURS = [9, 11, 14, 16];

/** @param {Words} words */
export function startForm(words) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('demo'));
  if (!form) return;
  const sent = byId('sent');
  const target = form.getAttribute('action') ?? '';
  const worker = target.startsWith('#') ? null : target;
  if (worker) byId('promise').textContent = words.say('toTheWorker');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    if (worker) {
      const stored = await send(worker, entries);
      byId('failed').hidden = stored;
      if (!stored) return;
      byId('sent-title').textContent = words.say('sentToTheWorker');
      byId('crm').hidden = false;
    }
    const { parcel } = await import('./parcel.js');
    byId('parcel').replaceChildren(...parcel(entries, words));
    form.hidden = true;
    sent.hidden = false;
    sent.focus();
  });
  byId('again').addEventListener('click', () => {
    sent.hidden = true;
    form.hidden = false;
    byId('name').focus();
  });
  offerTimes(form, words);
}

/** Whether it was stored, which is all that a visitor has to know. @param {string} target @param {string[][]} entries */
async function send(target, entries) {
  const body = new URLSearchParams(entries);
  const answer = await fetch(target, { method: 'POST', headers: { accept: 'application/json' }, body }).catch(() => null);
  return answer?.status === 202;
}

/**
 * Times to choose from, as soon as the score in the page is high enough; not under the hands of somebody who already writes.
 * @param {HTMLFormElement} form
 * @param {Words} words
 */
function offerTimes(form, words) {
  const slots = byId('slots');
  let begun = false;
  form.addEventListener('input', () => (begun = true), { once: true });
  document.addEventListener('leadscore:change', ({ detail: { value } }) => {
        if (begun || !slots.hidden || value === null || value < Number(slots.dataset.from)) return;
    byId('times').replaceChildren(...nextDays(3).map((day) => dayOf(day, words)));
    byId('company').closest('.field')?.after(byId('rooms').closest('.field') ?? '');
    slots.hidden = false;
  });
}

/** @param {Date} day @param {Words} words */
function dayOf(day, words) {
  const times = HOURS.map((hour) => {
    const at = new Date(day).setHours(hour, 0);
    const value = `${words.day(at)}, ${words.time(at)}`;
    return element('label', { class: 'slot' }, element('input', { type: 'radio', name: 'slot', value, 'aria-label': value }), element('span', { 'aria-hidden': true }, words.time(at)));
  });
  return element('div', { class: 'day' }, element('b', { 'aria-hidden': true }, words.day(day.getTime())), ...times);
}

/** The next working days. @param {number} count @returns {Date[]} */
function nextDays(count) {
  const days = [];
  const day = new Date();
  while (days.length < count) {
    day.setDate(day.getDate() + 1);
    if (day.getDay() % 6 !== 0) days.push(new Date(day));
  }
  return days;
}
