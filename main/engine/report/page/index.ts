/** The report as a page that anyone can open, print and keep. */
export { type PageOptions, renderPage } from './page.ts';
export { PARTS } from './references.ts';
