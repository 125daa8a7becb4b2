/** What goes into somebody else's page: a frame that holds this one, or the element that scores by itself. Texts only. */

/** @param {string} text */
const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * @param {{ page: string, packed: string, view: 'lead' | 'visit' | 'two', lang: 'en' | 'fr', title: string }} what
 * @returns {string}
 */
export function frameOf({ page, packed, view, lang, title }) {
  const source = `${page}?embed&view=${view}&lang=${lang}#m=${packed}`;
  return `<iframe src="${attribute(source)}" title="${attribute(title)}" width="100%" height="900" style="border: 0" loading="lazy"></iframe>
`;
}

/**
 * @param {{ page: string, file: string, lang: 'en' | 'fr', facts: any, events: any[] }} what
 * @returns {string}
 */
export function elementOf({ page, file, lang, facts, events }) {
  const more = [
    ['facts', JSON.stringify(facts)],
    ...(events.length > 0 ? [['events', JSON.stringify(events)]] : []),
  ].map(([name, text]) => `\n  ${name}="${attribute(text)}"`);
  return `<script type="module" src="${attribute(new URL('lead-score.js', page).href)}"></script>

<lead-score model="${attribute(file)}" lang="${lang}"${more.join('')}></lead-score>
`;
}
