// `leadscore init edge`: a new project, whose worker takes a form, scores the lead and brings it to a CRM.
// What is in it stands in ../../edge/project as it is; only names, secrets and the language are filled in here.

import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { EXIT, UsageError, coloured, language } from '../host.js';
import { safe, words } from '../words/index.js';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const PROJECT = join(PACKAGE, 'edge', 'project');
/** The versions that this was tried with. */
const TOOLS = { standardwebhooks: '1.1.1', wrangler: '4.86.0' };

/**
 * @param {string} folder
 * @param {{lang?: import('leadscore').Language}} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function init(folder, flags, host) {
  const lang = language(flags.lang, host.env);
  const target = resolve(folder);
  const files = projectFiles(target, lang);
  const there = [...files.keys()].filter((name) => existsSync(join(target, name)));
  if (there.length > 0) {
    throw new UsageError(`\`${safe(folder)}\`: expected a folder without ${there.map((name) => `\`${name}\``).join(', ')}: nothing was written`);
  }
  try {
    for (const [name, text] of files) {
      await mkdir(dirname(join(target, name)), { recursive: true });
      await writeFile(join(target, name), text, { flag: 'wx' });
    }
  } catch (error) {
    throw new UsageError(`\`${safe(folder)}\` cannot be written: ${/** @type {Error} */ (error).message}`);
  }
  const say = words(lang);
  const paint = pc.createColors(coloured(host.stdout, host.env));
  const names = [...files.keys()].map((name) => `  ${paint.dim(name)}\n`).join('');
  host.stdout.write(`${paint.green('✓')} ${safe(folder)}${say.colon} ${say.project(files.size)}\n${names}${say.projectNext(safe(folder))}\n`);
  return EXIT.ok;
}

/**
 * The files of the project by their names.
 * @param {string} target
 * @param {import('leadscore').Language} lang
 */
function projectFiles(target, lang) {
  const name = nameOf(basename(target));
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const entry of readdirSync(PROJECT, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8').replaceAll('{{name}}', name).replace("lang: 'en'", `lang: '${lang}'`);
    const told = text.replace(/\[\[(.*?)\|(.*?)\]\]/gs, (_, english, french) => (lang === 'fr' ? french : english));
    files.set(relative(PROJECT, path).replaceAll('\\', '/'), told);
  }
  const secret = () => randomBytes(32).toString('base64');
  const secrets = {
    SITES: 'http://localhost:8787 http://127.0.0.1:8787',
    LEAD_SECRET: secret(),
    ADMIN_TOKEN: secret(),
    CRM_URL: 'http://127.0.0.1:8790/leads',
    CRM_SECRET: `whsec_${secret()}`,
  };
  const lines = Object.entries(secrets).map(([key, value]) => `${key}="${value}"\n`);
  files.set('.dev.vars', lines.join(''));
  files.set('.gitignore', 'node_modules\n.wrangler\n.dev.vars\n');
  files.set('package.json', `${JSON.stringify(packageOf(name, target), null, 2)}\n`);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} name @param {string} target */
function packageOf(name, target) {
  // The package is taken from where it is now, which is certain to be there.
  const from = relative(realOf(target), realpathSync(PACKAGE)).replaceAll('\\', '/');
  return {
    name,
    private: true,
    type: 'module',
    scripts: { dev: 'wrangler dev --port 8787', crm: 'node crm.mjs', deploy: 'wrangler deploy' },
    dependencies: { leadscore: `file:${from}` },
    devDependencies: TOOLS,
  };
}

/** A folder that may not be there yet, as its links lead to it. @param {string} folder @returns {string} */
function realOf(folder) {
  return existsSync(folder) ? realpathSync(folder) : join(realOf(dirname(folder)), basename(folder));
}

/** As workers and packages may be called. @param {string} folder */
function nameOf(folder) {
  const bare = folder.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return bare.slice(0, 50) || 'leads';
}
