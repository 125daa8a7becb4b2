/** The front door: goes on in the language that the browser prefers, French or English. */
const french = navigator.languages.find((language) => /^(fr|en)\b/.test(language))?.startsWith('fr');
location.replace(`./${french ? 'fr' : 'en'}/index.html${location.search}`);
