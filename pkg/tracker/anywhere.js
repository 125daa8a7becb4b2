/** The tracker for code that also runs where there is no page, on a server that renders it: there it notes nothing. */
import { track as trackPage } from './index.js';

const nothing = () => {};

/** @type {import('../tracker.js').Tracker} */
const SILENT = { event: nothing, consent: nothing, withdraw: nothing, getLog: () => '', events: () => [], stop: nothing };

/** @param {import('../tracker.js').TrackOptions} [options] */
export const track = (options) => (typeof document === 'undefined' ? SILENT : trackPage(options));
