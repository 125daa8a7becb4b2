/**
 * What stands behind the demo site when it is served on this machine: the worker at `lead`, the CRM, and what the CRM's page asks
 * for. It starts with the first visitor who needs it, so that serving the site takes no longer for it.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeListener } from '../../../pkg/edge/node.js';
import { startCrm } from './crm.mjs';
import { startWorker } from './runtime.mjs';

const PATH = '/demo/worker/';
const FORM = /^\/demo\/(en|fr)\/demo\.html$/;

/** Nothing outside of this machine can reach what these guard. */
const SECRETS = {
  LEAD_SECRET: 'an example, which nobody should use for anything else',
  ADMIN_TOKEN: 'an example of a token, which opens nothing elsewhere',
  CRM_SECRET: `whsec_${btoa('an example, and no secret at all')}`,
};

/**
 * @param {string} folder where leads are kept, by the port of the site
 * @returns {{ answer: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean, end: () => Promise<void> }}
 */
export function leadsOfTheDemo(folder) {
  /** @type {ReturnType<typeof start> | undefined} */
  let started;
  const running = (/** @type {number} */ port) =>
    (started ??= start(join(folder, String(port)), port).catch((cause) => {
      started = undefined; // the next visitor may have more luck
      throw cause;
    }));

  return {
    /** Whether the request is for this. */
    answer(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const port = Number(request.socket.localPort);
      if (FORM.test(pathname)) {
        running(port).catch(() => {}); // by the time that the form is filled in, it is there
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }).end(formOf(pathname));
        return true;
      }
      const name = pathname.startsWith(PATH) ? pathname.slice(PATH.length) : '';
      if (!['lead', 'state', 'switch', 'admin/outbox'].includes(name)) return false;
      nodeListener(async (asked) => {
        const { worker, crm } = await running(port);
        if (name === 'state') return stateOf(asked.url, worker, crm);
        if (name !== 'switch') return worker.fetch(asked);
        // Only the page of the CRM itself may switch it.
        const own = asked.method === 'POST' && asked.headers.get('sec-fetch-site') === 'same-origin';
        if (own) await crm.switch(!crm.isOn());
        return new Response(null, { status: own ? 204 : 403 });
      })(request, response);
      return true;
    },
    async end() {
      const { worker, crm } = (await started?.catch(() => null)) ?? {};
      await worker?.end();
      await crm?.end();
    },
  };
}

/** @param {string} folder @param {number} port */
async function start(folder, port) {
  mkdirSync(folder, { recursive: true });
  const crm = await startCrm(join(folder, 'crm.jsonl'), SECRETS.CRM_SECRET);
  try {
    const SITES = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${port}`);
    return { crm, worker: await startWorker(folder, { ...SECRETS, SITES, CRM_URL: crm.url }) };
  } catch (cause) {
    await crm.end();
    throw cause;
  }
}

/** The page with the form, which now has somewhere to go. @param {string} pathname */
function formOf(pathname) {
  const page = readFileSync(fileURLToPath(new URL(`../../${pathname}`, import.meta.url)), 'utf8');
  return page.replace('action="#sent"', `action="${PATH}lead"`);
}

/**
 * What the page of the CRM shows: its leads, and what the administration of the outbox tells.
 * @param {string} url
 * @param {Awaited<ReturnType<typeof startWorker>>} worker
 * @param {Awaited<ReturnType<typeof startCrm>>} crm
 */
async function stateOf(url, worker, crm) {
  /** @param {string} query @returns {Promise<any>} */
  const asked = async (query) => {
    const headers = { authorization: `Bearer ${SECRETS.ADMIN_TOKEN}` };
    return (await worker.fetch(new Request(new URL(`./admin/outbox${query}`, url), { headers }))).json();
  };
  const [{ destinations }, { deliveries }] = await Promise.all([asked(''), asked('?destination=crm&state=queued')]);
  const waiting = deliveries.map((/** @type {{ payload: string }} */ { payload }) => JSON.parse(payload).data.score.grade);
  return Response.json({ on: crm.isOn(), leads: crm.leads(), requests: crm.requests(), waiting, outbox: destinations.crm });
}
