/**
 * What a company is reading about, as Company Surge reports it: rows of a topic and a score, by names that differ from export to
 * export. Bombora calls 60 and more a surge.
 */
import { first, host } from './words.js';

const SURGE = 60;

/** @type {import('../../edge.js').SourceReader} */
export function bombora(payload) {
  const rows = Array.isArray(payload) ? payload : (first(payload, 'topics', 'surge', 'data', 'results', 'Topics') ?? []);
  const surging = (Array.isArray(rows) ? rows : []).flatMap((row) => {
    const topic = first(row, 'topic', 'topicName', 'topic_name', 'Topic Name', 'name');
    const score = Number(first(row, 'score', 'compositeScore', 'composite_score', 'Composite Score', 'surgeScore'));
    return typeof topic === 'string' && score >= SURGE && score <= 100 ? [{ topic, score }] : [];
  });
  surging.sort((a, b) => b.score - a.score);
  return {
    'company.domain': host(first(payload, 'domain', 'Domain')),
    'intent.topics': surging.map(({ topic }) => topic),
    'intent.surging': surging.length > 0 ? true : undefined,
  };
}
