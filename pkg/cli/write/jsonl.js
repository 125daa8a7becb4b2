// Writes results as JSON lines: the whole result, with the id and the line of its lead.

export function jsonlWriter() {
  return {
    /**
     * @param {import('../read/leads.js').Lead} lead
     * @param {import('leadscore').Score} score
     */
    row: ({ id, line }, score) => `${JSON.stringify({ id, line, ...score.toJSON() })}\n`,
    end: () => '',
  };
}
