/** Hosts that run a program and print what it answers. */
import { program } from '../question.mjs';

const print = (/** @type {string} */ line) => `${line}.then((text) => console.log(text))`;

/** @type {import('../hosts.mjs').Host[]} */
export const programs = [
  {
    host: 'Node',
    ran: '`import`',
    version: process.versions.node,
    ask(project, question) {
      project.write(program(question, print));
      return project.run(process.execPath, ['main.js']);
    },
  },
  {
    host: 'Node',
    ran: '`require`',
    version: process.versions.node,
    skip: !process.features.require_module && 'this Node cannot require modules of JavaScript; 20.19 can',
    ask(project, { build, open, answer }) {
      const main = `
        const { LeadscoreError, init, ${open} } = require('${build}');
        ${print(`import('./answer.js').then(({ answer }) => answer(LeadscoreError, init, ${open})).catch(String)`)};`;
      project.write({ 'main.cjs': main, 'answer.js': answer });
      return project.run(process.execPath, ['--no-warnings', 'main.cjs']);
    },
  },
  {
    host: 'Deno',
    ran: '`deno run`, no permissions',
    tools: { deno: '2.9.6' },
    ask(project, question) {
      project.write(program(question, print));
      return project.run('deno', ['run', '--no-prompt', 'main.js']);
    },
  },
  {
    host: 'Bun',
    ran: '`bun run`',
    tools: { bun: '1.4.5' },
    async ask(project, question) {
      project.write(program(question, print));
      await project.run(process.execPath, ['node_modules/bun/install.js']); // the one install script that is needed
      return project.run('bun', ['run', 'main.js']);
    },
  },
  {
    host: 'Vitest',
    ran: '`vitest run`',
    tools: { vitest: '4.1.12' },
    async ask(project, question) {
      const test = (/** @type {string} */ line) => `
        import { writeFileSync } from 'node:fs';
        import { test } from 'vitest';
        test('the host answers', async () => writeFileSync('answer.txt', await ${line}))`;
      project.write(program(question, test, { as: 'main.test.js' }));
      await project.run('vitest', ['run']);
      return project.read('answer.txt');
    },
  },
];
