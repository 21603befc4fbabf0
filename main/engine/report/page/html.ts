import { inertPieces, inertText } from '../../../contract/inert.ts';

/** Markup that may stand in the page as it is. Nothing read from a report is ever an instance of it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What {@link html} takes. Strings and numbers are text, never markup. */
export type HtmlValue = string | number | Html | readonly Html[];

export const nothing = new Html('');

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Printable ASCII without blanks at the ends: what needs no look at its characters. */
const PLAIN = /^(?! )[ -~]*(?<! )$/;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
}

/** Text as markup: characters with a meaning in HTML escaped, characters that act as boxed codes. */
function textMarkup(text: string): string {
  if (PLAIN.test(text)) return escaped(text);
  return inertPieces(text)
    .map(piece => (piece.boxed ? `<span class="cc">${escaped(piece.text)}</span>` : escaped(piece.text)))
    .join('');
}

/** Text for where no element can stand (SVG text, the title of the page): the codes are in brackets. */
export function bare(text: string): Html {
  return new Html(escaped(inertText(text)));
}

function markupOf(value: HtmlValue, inTag: boolean): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(item => item.markup).join('');
  const text = String(value);
  return inTag ? bare(text).markup : textMarkup(text);
}

/**
 * A template of markup. Every string put into it becomes inert text: escaped, and with a boxed code for each character
 * that could act. Inside a tag, where no box can stand, the codes are in brackets; attributes must be double-quoted.
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let markup = strings[0] ?? '';
  let inTag = false;
  values.forEach((value, i) => {
    const literal = strings[i] ?? '';
    const open = literal.lastIndexOf('<');
    const close = literal.lastIndexOf('>');
    if (open !== close) inTag = open > close;
    markup += markupOf(value, inTag) + (strings[i + 1] ?? '');
  });
  return new Html(markup);
}
