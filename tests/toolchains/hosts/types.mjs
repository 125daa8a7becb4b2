/** Nobody scores here: the two programs that read package.json, the export map and the types as all kinds of tools would. */
import { tool } from '../project.mjs';

/** @type {import('../hosts.mjs').Host[]} */
export const types = [
  {
    host: 'publint',
    ran: '`publint --strict`',
    version: tool('publint'),
    expected: /^All good!$/m,
    result: 'clean',
    ask: (project) => project.run('publint', ['run', '--strict', project.tarball]),
  },
  {
    host: 'Are the types wrong?',
    ran: '`attw --profile esm-only`',
    version: tool('@arethetypeswrong/cli'),
    expected: '',
    result: 'clean',
    ask: (project) => project.run('attw', ['--profile', 'esm-only', '--quiet', project.tarball]),
  },
];
