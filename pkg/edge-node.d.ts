import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LeadHandler } from './edge.js';

/**
 * What `node:http` calls for each request.
 * @example
 * createServer(nodeListener(handler.fetch)).listen(8787);
 */
export function nodeListener(fetch: LeadHandler): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
