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

/** @type {import('../hosts.mjs').Host[]} */
export const next = [
  {
    host: 'Next.js',
    ran: '`next build`, `next start`: client page in Chromium, Node route, edge route',
    tools: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    async ask(project, question) {
      project.write({
        ...program(question, (line) => `export const ask = () => ${line}`, { as: 'app/ask.js' }),
        'app/layout.js': LAYOUT,
        'app/page.js': PAGE,
        'app/node/route.js': route('nodejs'),
        'app/edge/route.js': route('edge'),
      });
      await project.run('next', ['build']);
      return project.during('next', ['start', '--port', '0'], async (url) => {
        const answers = [await answerOf(url)];
        for (const place of ['node', 'edge']) answers.push(await (await fetch(`${url}/${place}`)).text());
        return [...new Set(answers)].join('\n'); // one, when they agree
      });
    },
  },
];
