import { type Html, html } from './html.ts';

/** The head of a column; `numeric` ones are set to the right. */
export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
}

/**
 * A table that repeats its head on every sheet and, on a narrow screen, scrolls by itself. `body` is rows, or groups of
 * rows (`tbody`) when `grouped`.
 */
export function table(
  label: string,
  columns: readonly Column[],
  body: readonly Html[],
  grouped = false,
): Html {
  const heads = columns.map(column =>
    column.numeric
      ? html`<th scope="col" class="n">${column.head}</th>`
      : html`<th scope="col">${column.head}</th>`,
  );
  const rows = grouped ? html`${body}` : html`<tbody>${body}</tbody>`;
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
${rows}</table></div>
`;
}

/** A list of terms and what belongs to each. */
export function facts(pairs: readonly (readonly [string, Html])[]): Html {
  return html`<dl>${pairs.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
`;
}
