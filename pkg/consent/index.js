/** `leadscore/consent`: what the usual consent tools know, in the words of the tracker. Each adapter is a file that stands alone. */
export { axeptio } from './axeptio.js';
export { didomi } from './didomi.js';
export { googleConsentMode } from './google-consent-mode.js';
export { tarteaucitron } from './tarteaucitron.js';
export { tcf } from './tcf.js';
