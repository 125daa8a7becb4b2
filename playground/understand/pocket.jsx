/** On a narrow screen the score goes along, but where the summary shows it. */
import { useEffect, useState } from 'preact/hooks';
import { score, standing, words } from '../state.js';
import { labelOf, tone } from './names.js';

/** @param {{ found?: import('leadscore').PlainScore | null }} props another result than that of the lead on the page */
export function Pocket({ found = score.value }) {
  const [place, move] = useState({ away: false, up: false });
  useEffect(() => {
    const summary = document.getElementById('result');
    if (!summary) return;
    const watch = new IntersectionObserver(
      ([{ intersectionRatio, boundingClientRect }]) =>
        move({ away: intersectionRatio < 0.4, up: boundingClientRect.top < 0 }),
      { threshold: 0.4 },
    );
    watch.observe(summary);
    return () => watch.disconnect();
  }, []);
  const model = standing.value?.model;
  if (!found || !model || !place.away) return null;
  return (
    <a class={`pocket ${tone(model, found)} ${place.up ? 'up' : ''}`} href="#result" onClick={go}>
      <b>{found.value === null ? '–' : words.value.number(Math.round(found.value))}</b>
      {labelOf(model, found, words.value)}
    </a>
  );
}

/** Without touching the address, which carries the model. @param {MouseEvent} event */
function go(event) {
  event.preventDefault();
  const summary = document.getElementById('result');
  summary?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  summary?.focus({ preventScroll: true });
}
