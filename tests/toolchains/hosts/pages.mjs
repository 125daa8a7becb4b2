/** Pages and workers without a bundler, in a browser; and what a Content-Security-Policy makes of them. */
import { answerIn, browserVersion } from '../browser.mjs';
import { program } from '../question.mjs';

export const show = (/** @type {string} */ line) => `${line}.then((text) => { document.title = text; })`;

const FORBIDDEN =
  "LeadscoreError: expected a host that compiles WebAssembly, found one that refuses; a page allows it by `script-src 'wasm-unsafe-eval'` in its Content-Security-Policy";

/** @typedef {import('../question.mjs').Question} Question */
/** @typedef {import('../project.mjs').Project} Project */

/**
 * The entry that browsers get, as an address within the project.
 * @param {Project} project
 * @param {Question} question
 */
function entry(project, { build }) {
  const { browser } = project.package.exports[build.replace('leadscore', '.')];
  return address(browser.default);
}

/**
 * The same with the engine inlined, which starts when it is first used.
 * @type {typeof entry}
 */
function inlined(project, { build }) {
  return address(project.package.exports[`${build.replace('leadscore', '.')}/inline`].default);
}

/** @param {string} path within the package */
function address(path) {
  return new URL(path, 'http://project/node_modules/leadscore/').pathname;
}

/** @param {string} script */
export const page = (script, head = '') => `<!doctype html>${head}<script type="module" src="${script}"></script>`;

/**
 * @param {Project} project
 * @param {Question} question
 * @param {string} policy
 * @param {string} from
 */
function underPolicy(project, question, policy, from) {
  project.write({ ...program(question, show, { from }), 'index.html': page('main.js') });
  return answerIn(project.folder, { 'content-security-policy': policy });
}

/** @type {import('../hosts.mjs').Host[]} */
export const pages = [
  {
    host: 'Page',
    ran: '`<script type="module">` with an import map',
    version: browserVersion,
    ask(project, question) {
      const map = JSON.stringify({ imports: { [question.build]: `.${entry(project, question)}` } });
      project.write({ ...program(question, show), 'index.html': page('main.js', `<script type="importmap">${map}</script>`) });
      return answerIn(project.folder);
    },
  },
  {
    host: 'Web Worker',
    ran: '`new Worker`, a module',
    version: browserVersion,
    ask(project, question) {
      const main = `new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => { document.title = data; };`;
      const worker = program(question, (line) => `${line}.then((text) => postMessage(text))`, { from: entry(project, question), as: 'worker.js' });
      project.write({ ...worker, 'main.js': main, 'index.html': page('main.js') });
      return answerIn(project.folder);
    },
  },
  {
    host: 'Service worker',
    ran: '`serviceWorker.register`, a module; answers a message',
    version: browserVersion,
    ask(project, question) {
      const main = `
        const { serviceWorker } = navigator;
        serviceWorker.onmessage = ({ data }) => { document.title = data; };
        await serviceWorker.register('worker.js', { type: 'module' });
        (await serviceWorker.ready).active.postMessage('?');`;
      const reply = (/** @type {string} */ line) => `${line}.then((text) => event.source.postMessage(text))`;
      const wait = (/** @type {string} */ line) => `addEventListener('message', (event) => event.waitUntil(${reply(line)}))`;
      const worker = program(question, wait, { from: entry(project, question), as: 'worker.js' });
      project.write({ ...worker, 'main.js': main, 'index.html': page('main.js') });
      return answerIn(project.folder);
    },
  },
  {
    host: 'Page under a policy',
    ran: "`script-src 'self' 'wasm-unsafe-eval'`",
    version: browserVersion,
    ask: (project, question) => underPolicy(project, question, "script-src 'self' 'wasm-unsafe-eval'", entry(project, question)),
  },
  {
    host: 'Page under a policy',
    ran: "`script-src 'self'`, which forbids WebAssembly",
    version: browserVersion,
    expected: FORBIDDEN,
    result: 'one error, which names the directive that is missing',
    ask: (project, question) => underPolicy(project, question, "script-src 'self'", entry(project, question)),
  },
  {
    host: 'Page under a policy',
    ran: "`script-src 'self'`, the engine inlined",
    version: browserVersion,
    expected: FORBIDDEN,
    result: 'the same error',
    ask: (project, question) => underPolicy(project, question, "script-src 'self'", inlined(project, question)),
  },
];
