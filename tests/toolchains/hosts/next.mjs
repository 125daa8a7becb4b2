/** Next.js with Turbopack: one build that has the package in a page, in a route of Node and in one at the edge. */
import { answerOf } from '../browser.mjs';
import { program } from '../question.mjs';

const LAYOUT = `
  export default function Layout({ children }) {
    return <html><body>{children}</body></html>;
  }`;

const PAGE = `'use client';
  import { useEffect } from 'react';
  import { ask } from './ask.js';

  export default function Page() {
    useEffect(() => { ask().then((text) => { document.title = text; }); }, []);
    return null;
  }`;

/** @param {'nodejs' | 'edge'} runtime */
const route = (runtime) => `
  import { ask } from '../ask.js';

  export const runtime = '${runtime}';
  export const dynamic = 'force-dynamic';
  export const GET = async () => new Response(await ask());`;

/**
 * What the page and both routes answer: one line when they agree.
 * @param {string} url
 */
async function answersOf(url) {
  const answers = [await answerOf(url)];
  for (const place of ['node', 'edge']) answers.push(await (await fetch(`${url}/${place}`)).text());
  return [...new Set(answers)].join('\n');
}

/**
 * @param {import('../project.mjs').Project} project
 * @param {import('../question.mjs').Question} question
 */
function site(project, question) {
  project.write({
    ...program(question, (line) => `export const ask = () => ${line}`, { as: 'app/ask.js' }),
    'app/layout.js': LAYOUT,
    'app/page.js': PAGE,
    'app/node/route.js': route('nodejs'),
    'app/edge/route.js': route('edge'),
  });
}

const tools = { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' };

/** @type {import('../hosts.mjs').Host[]} */
export const next = [
  {
    host: 'Next.js',
    ran: '`next build`, `next start`: client page in Chromium, Node route, edge route',
    tools,
    async ask(project, question) {
      site(project, question);
      await project.run('next', ['build']);
      return project.during('next', ['start', '--port', '0'], answersOf);
    },
  },
  {
    host: 'Next.js',
    ran: '`next dev`: the same',
    tools,
    ask(project, question) {
      site(project, question);
      return project.during('next', ['dev', '--port', '0'], answersOf);
    },
  },
];
