/** The model of the tests of the edge, and the names and secrets that go with it. It needs nothing, so that every host can read it. */

export const NOW = Date.UTC(2026, 10, 22, 9);
export const SITE = 'https://frimas.test';
export const SECRET = 'the secret that all the keys of tests are made of';
export const WEBHOOK_SECRET = `whsec_${btoa('twenty-four bytes or more')}`;

export const MODEL = {
  format: 1,
  id: 'edge',
  version: '7',
  attributes: {
    'company.employees': { type: 'integer', min: 1 },
    'company.country': { type: 'text' },
    'contact.emailKind': { type: 'text' },
    'project.budget': { type: 'number' },
    'project.tools': { type: 'list' },
    trust: { type: 'text' },
  },
  dimensions: [
    {
      id: 'fit',
      groups: [
        {
          id: 'company',
          rules: [
            { id: 'size', when: { 'company.employees': { $gte: 10 } }, points: 30 },
            { id: 'near', when: { 'company.country': 'FR' }, points: 20 },
            { id: 'budget', when: { 'project.budget': { $gte: 1000 } }, points: 25 },
            { id: 'work-mail', when: { 'contact.emailKind': 'work' }, points: 5 },
          ],
        },
      ],
    },
    {
      id: 'engagement',
      groups: [
        { id: 'claimed', cap: 10, rules: [{ id: 'claimed-views', on: 'page_view', when: { trust: 'rescored' }, points: 4 }] },
        { id: 'seen', cap: 40, rules: [{ id: 'seen-views', on: 'page_view', when: { trust: 'bounded' }, points: 4 }] },
      ],
    },
  ],
  total: { labels: [{ id: 'hot', from: 60 }, { id: 'cold' }] },
  grade: { matrix: { rows: 'total', columns: 'total', cells: { hot: { hot: 'A', cold: 'B' }, cold: { hot: 'B', cold: 'C' } } } },
  disqualifiers: [{ id: 'throw-away', when: { 'contact.emailKind': 'disposable' }, reason: 'A throw-away address' }],
  routes: [{ id: 'call', when: { grade: 'A' }, queue: 'sales', action: 'call' }],
};
