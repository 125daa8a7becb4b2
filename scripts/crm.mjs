/**
 * A real CRM for the tests of the edge: BottleCRM from PyPI with PostgreSQL of this machine, in a folder of its own and on free
 * ports. The first time takes some minutes, after that some seconds. What is missing on this machine is said, not installed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root, say } from './shell.mjs';

const VERSION = '1.35.0';

/** What is missing to start it; `null`: nothing. */
export function missing() {
  if (!postgres()) return 'PostgreSQL (Debian: `apt-get install postgresql`)';
  if (!python()) return 'Python 3.12 or newer';
  return null;
}

/** The programs of PostgreSQL, which Debian keeps out of the path. */
function postgres() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  return versions.map((version) => `/usr/lib/postgresql/${version}/bin`).find((folder) => existsSync(join(folder, 'initdb')));
}

function python() {
  const candidates = [process.env.PYTHON, 'python3.13', 'python3.12', 'python3', ...ofPyenv()].filter((name) => name !== undefined);
  return candidates.find((name) => {
    try {
      execFileSync(name, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 12))'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** What pyenv has, which is in the path only when it was chosen. */
function ofPyenv() {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin', 'python3')) : [];
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/**
 * Starts it, empty, with one intake of leads that maps a score and a grade.
 * @param {string} [folder] where everything of it is; default: `.tools/crm`
 */
export async function startBottleCrm(folder = join(root, '.tools/crm')) {
  const [bin, port, webPort] = [String(postgres()), await freePort(), await freePort()];
  const at = (/** @type {string} */ name) => join(folder, name);
  const env = {
    ...process.env,
    DJANGO_SETTINGS_MODULE: 'crm.settings',
    SECRET_KEY: 'a key for tests, which guards nothing at all anywhere',
    DEBUG: 'true',
    ENV_TYPE: 'dev',
    DBNAME: 'crm_run',
    DBUSER: 'crm_user',
    DBPASSWORD: 'crm',
    DBHOST: '127.0.0.1',
    DBPORT: String(port),
    CELERY_BROKER_URL: 'memory://',
    CELERY_RESULT_BACKEND: 'cache+memory://',
  };
  const run = (/** @type {string} */ program, /** @type {string[]} */ parameters, more = {}) =>
    execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, ...more } });
  // PostgreSQL refuses to be run by root.
  const asPostgres = (/** @type {string} */ program, /** @type {string[]} */ parameters) =>
    process.getuid?.() === 0
      ? run('setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(bin, program), ...parameters])
      : run(join(bin, program), parameters);
  const sql = (/** @type {string} */ query, database = env.DBNAME) =>
    run('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-tA', '-F', '\t', '-c', query, database]).trim();

  if (!existsSync(at('venv/bin/uvicorn'))) {
    say('Installing BottleCRM, about a minute');
    mkdirSync(folder, { recursive: true });
    run(String(python()), ['-m', 'venv', at('venv')]);
    run(at('venv/bin/pip'), ['install', '--quiet', `django-crm==${VERSION}`]);
  }
  // Tables that were begun and not finished are begun anew.
  const fresh = !existsSync(at('migrated'));
  if (fresh) rmSync(at('data'), { recursive: true, force: true });
  for (const name of ['data', 'socket']) mkdirSync(at(name), { recursive: true });
  if (process.getuid?.() === 0) {
    // The way to its folders has to be open for the user that PostgreSQL runs as.
    run('chown', ['-R', 'postgres', at('data'), at('socket')]);
    chmodSync(folder, 0o711);
  }
  if (fresh) asPostgres('initdb', ['-D', at('data'), '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--no-sync']);
  const options = `-p ${port} -k ${at('socket')} -c listen_addresses=127.0.0.1 -c fsync=off`;
  rmSync(at('data/postmaster.pid'), { force: true });
  asPostgres('pg_ctl', ['-D', at('data'), '-o', options, '-l', at('socket/log'), '-w', 'start']);
  const stopDatabase = () => asPostgres('pg_ctl', ['-D', at('data'), '-m', 'fast', '-w', 'stop']);

  try {
    if (fresh) {
      say('Making the tables of BottleCRM, some minutes');
      sql("create role crm_user login password 'crm' nosuperuser nobypassrls", 'postgres');
      sql('create database crm_empty owner crm_user', 'postgres');
      run(at('venv/bin/django-admin'), ['migrate', '--noinput'], { DBNAME: 'crm_empty' });
      writeFileSync(at('migrated'), VERSION);
    }
    sql('drop database if exists crm_run', 'postgres');
    sql('create database crm_run template crm_empty owner crm_user', 'postgres');
    const server = spawn(at('venv/bin/uvicorn'), ['crm.asgi:application', '--host', '127.0.0.1', '--port', String(webPort)], { env, stdio: 'ignore' });
    const host = `http://127.0.0.1:${webPort}`;
    const stop = async () => {
      server.kill();
      await new Promise((resolve) => server.once('exit', resolve));
      stopDatabase();
    };
    for (let wait = 0; !(await fetch(`${host}/schema/`, { method: 'HEAD' }).catch(() => null)); wait++) {
      if (wait > 1200) throw new Error('BottleCRM did not start within five minutes');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const login = (/** @type {string[]} */ ...more) => /access_token:\s*(\S+)/.exec(run(at('venv/bin/django-admin'), ['devlogin', 'ops@example.test', ...more]))?.[1];
    const post = async (/** @type {string | undefined} */ token, /** @type {string} */ path, /** @type {object} */ body) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(host + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return /** @type {any} */ (await answer.json());
    };
    await post(login('--create'), '/api/org/', { name: 'Frimas' });
    const token = login('--org', 'Frimas');
    for (const [key, field_type] of [['lead_score', 'number'], ['lead_grade', 'text']]) {
      await post(token, '/api/custom-fields/', { target_model: 'Lead', key, label: key, field_type, options: null, is_filterable: true });
    }
    const mapping = ['score', 'grade'].map((name) => ({ from: `score.${name}`, to: `custom_fields.lead_${name}` }));
    const intake = await post(token, '/api/leads/intakes/', { name: 'edge', preset: 'generic', default_source: 'web form', mapping });
    return { url: `${host}/api/public/leads/${intake.id}/`, key: /** @type {string} */ (intake.key), sql, stop };
  } catch (thrown) {
    stopDatabase();
    throw thrown;
  }
}
