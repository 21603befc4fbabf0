import { type Sign, signSymbols, WORDS } from '../../figure/index.ts';
import type { Artifact, Counts, Verdict } from '../../verdict/index.ts';
import { Html, html } from './html.ts';

/** The shapes, once a page; {@link sign} refers to them. */
export const signShapes = new Html(
  `<svg class="shapes" width="0" height="0" aria-hidden="true">${signSymbols}</svg>`,
);

/** The bare sign, for where its word stands beside it by other means. Hidden from readers. */
export function sign(name: Sign): Html {
  return html`<svg class="mk s-${name}" aria-hidden="true"><use href="#mk-${name}"/></svg>`;
}

/** A sign with its word. */
export function signed(name: Sign, word = WORDS[name]): Html {
  return html`<span class="v s-${name}">${sign(name)}<span>${word}</span></span>`;
}

/** The sign of an artifact: its verdict, or that nobody published a hash. */
export function artifactSign(artifact: Artifact): Sign {
  return artifact.verdict ?? 'no-expectation';
}

/** The six verdicts with their counts, in the order in which they are shown. */
export function verdictCounts(counts: Counts): [Verdict, number][] {
  return [
    ['reproduced', counts.reproduced],
    ['differs', counts.differs],
    ['waived', counts.waived],
    ['missing', counts.missing],
    ['unexpected', counts.unexpected],
    ['not-run', counts.notRun],
  ];
}
