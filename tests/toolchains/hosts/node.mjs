/** Node, and what runs programs in its place. */
import { program } from '../question.mjs';

const PRINT = '(line) => console.log(line)';

/** @type {import('../hosts.mjs').Host[]} */
export const node = [
  {
    host: 'Node',
    ran: '`import`',
    version: process.versions.node,
    async ask(project, question) {
      project.write({ 'main.js': program(question, PRINT) });
      return project.run(process.execPath, ['main.js']);
    },
  },
];
