/** What the element says by itself, on anybody's page. */

/** @typedef {import('../sentences.js').Pair} Pair */

export const ELEMENT = /** @satisfies {Record<string, Pair>} */ ({
  elementScore: ['Score', 'Score'],
  elementFailed: ['There is no score: the model or the lead cannot be read.', 'Pas de score : le modèle ou le contact ne se lit pas.'],
  elementExcluded: ['Not scored', 'Non évalué'],
  elementDisqualified: ['Disqualified', 'Écarté'],
  elementInsufficient: ['Not enough known', 'Trop peu d’éléments'],
});
