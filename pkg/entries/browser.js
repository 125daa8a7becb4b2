/** The path of before there were two builds, until nothing names it any more. */
export * from './full/browser.js';
