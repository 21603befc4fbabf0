import type { Report } from '../model.ts';
import { type Html, html } from './html.ts';
import { joined, prose } from './text.ts';

/** The numbered parts of the page. A statement's evidence names one as `Part 5`. */
export const PARTS = {
  audited: { number: 1, title: 'What was audited' },
  chain: { number: 2, title: 'The chain' },
  artifacts: { number: 3, title: 'Artifacts' },
  findings: { number: 4, title: 'Findings' },
  trust: { number: 5, title: 'What you trust when you trust this report' },
  custody: { number: 6, title: 'Custody' },
  seeds: { number: 7, title: 'Seeds and their review' },
  checklist: { number: 8, title: 'Checklist, review of the sources, comments' },
  exhibits: { number: 9, title: 'Exhibits' },
  check: { number: 10, title: 'How to check this report without Assay' },
  signatures: { number: 11, title: 'Signatures' },
  steps: { number: 12, title: 'Appendix: the steps' },
} as const;
export type PartName = keyof typeof PARTS;

/** The head of a part, to which `Part 5` leads. */
export function partHead(part: PartName): Html {
  const { number, title } = PARTS[part];
  return html`<h2 id="part-${number}"><span class="no">${number}</span>${title}</h2>`;
}

/** A link to a part. */
export function partLink(part: PartName): Html {
  const { number } = PARTS[part];
  return html`<a href="#part-${number}">Part ${number}</a>`;
}

/** The step's number as a link to its row. */
export function stepLink(number: number): Html {
  return html`<a href="#step-${number}">${number}</a>`;
}

/** The `id` of what a reference like `E-03`, `F-01` or `Part 5` leads to; null when it is no reference. */
export function anchorOf(reference: string): string | null {
  return /^(?:[EF]-\d{1,9}|Part \d{1,2})$/.test(reference) ? reference.toLowerCase().replace(' ', '-') : null;
}

/** Every place of the page that a reference can lead to. */
export function anchorsOf(report: Report): ReadonlySet<string> {
  const parts = Object.values(PARTS).map(part => `Part ${part.number}`);
  const numbered = [...report.exhibits, ...report.findings].map(item => item.id);
  return new Set([...parts, ...numbered].map(anchorOf).filter(anchor => anchor !== null));
}

/** What a statement rests on, references separated by commas, each a link when the page has what it names. */
export function references(evidence: string, anchors: ReadonlySet<string>): Html {
  const items = evidence.split(',').map(text => {
    const reference = text.trim();
    const anchor = anchorOf(reference);
    return anchor && anchors.has(anchor) ? html`<a href="#${anchor}">${reference}</a>` : prose(reference);
  });
  return joined(items, ', ');
}

/** The head cell or span of a numbered thing, with the `id` that references lead to. */
export function numbered(id: string): Html {
  const anchor = anchorOf(id);
  return anchor ? html`<th scope="row" id="${anchor}">${id}</th>` : html`<th scope="row">${prose(id)}</th>`;
}
