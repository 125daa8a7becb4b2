/**
 * Installs the packages that leadscore is compared with, beside their own lock file: they are no part
 * of the project, and nothing but the comparison needs them.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must, say } from '../../../scripts/shell.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));

export async function install() {
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules', '.package-lock.json'); // npm writes it last
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say('Installing the packages to compare with (a few seconds)');
  await must('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
}
