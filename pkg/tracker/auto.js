/** The tracker for a page that only has a `<script>`: its options are attributes of that, and it is `window.leadscore`. */
import { track } from './index.js';

const { keep, query, score, runtime, ...others } = document.currentScript?.dataset ?? {};
Object.assign(window, {
  leadscore: track({
    ...others,
    ...(keep && { keep: Number(keep) }),
    ...(query && { query: query.split(/[\s,]+/) }),
    ...(score && { score: { program: score, ...(runtime && { load: () => import(runtime) }) } }),
  }),
});
