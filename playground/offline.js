/**
 * The service worker: keeps the files of the page, so that it opens without a network once it was visited. The build says
 * above this text which files, and under which version. It keeps no model and no lead: those stand in no file.
 */

const worker = /** @type {any} */ (globalThis);
const PREFIX = 'leadscore-';
const { version, files } = /** @type {{ version: string, files: string[] }} */ (worker.built);
const NAME = PREFIX + version;

worker.addEventListener('install', (/** @type {any} */ event) => {
  const asked = files.map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(asked)));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  const old = (/** @type {string} */ name) => name.startsWith(PREFIX) && name !== NAME;
  const clear = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(clear.then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (named(request)) event.respondWith(known(request));
  else if (own(request)) event.respondWith(fresh(request));
});

/**
 * The page and what has no version in its name: as new as can be had.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fresh(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw problem;
  }
}

/** Files whose names change with what is in them never go stale. @param {Request} request */
function named(request) {
  return new URL(request.url).pathname.startsWith(new URL('./app/', worker.location.href).pathname);
}

/** What an address of the page's origin asks for, such as its sign. @param {Request} request */
function own(request) {
  return new URL(request.url).origin === worker.location.origin;
}

/** @param {Request} request */
async function known(request) {
  return (await caches.match(request)) ?? fetch(request);
}
