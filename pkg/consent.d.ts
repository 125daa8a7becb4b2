import type { Consent, ConsentAdapter } from './tracker.js';

export type { Consent, ConsentAdapter } from './tracker.js';

/** How an adapter tells the tracker what the visitor decided. */
export type Tell = (state: Consent) => void;

/**
 * A tool that speaks IAB TCF version 2.
 * @param options `purposes`: all that have to be consented to; default: 1 (storing) and 8 (measuring content). `vendor`: the number
 *   of one that has to be consented to as well; default: none.
 */
export function tcf(options?: { purposes?: readonly number[]; vendor?: number }): ConsentAdapter;

/**
 * Google Consent Mode.
 * @param options `storage`: the type that decides; default: `analytics_storage`. `layer`: the name of the data layer; default: `dataLayer`.
 */
export function googleConsentMode(options?: { storage?: string; layer?: string }): ConsentAdapter;

/** Didomi: the id of a vendor, or of a purpose. */
export function didomi(which: { vendor: string } | { purpose: string }): ConsentAdapter;

/** Axeptio: the name of a vendor. */
export function axeptio(which: { vendor: string }): ConsentAdapter;

/**
 * tarteaucitron.
 * @param options `service`: the key under which the page has declared the tracker; default: `leadscore`.
 */
export function tarteaucitron(options?: { service?: string }): ConsentAdapter;
