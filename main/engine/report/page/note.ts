import {
  type NoteBlock,
  type NoteBlocks,
  type NoteLine,
  type NoteSpan,
  noteBlocks,
} from '../../../contract/note-text.ts';
import { Html, html, nothing } from './html.ts';
import { joined, prose } from './text.ts';

/** A note of a person, which is Markdown. Links, images and HTML in it are text. */
export function noteText(note: string): Html {
  return html`${blocks(noteBlocks(note))}`;
}

function blocks(parts: NoteBlocks): Html[] {
  return parts.map(block);
}

function block(part: NoteBlock): Html {
  switch (part.kind) {
    case 'paragraph':
      return html`<p>${joined(part.lines.map(line), '<br>')}</p>\n`;
    case 'code':
      return html`<pre>${part.info === '' ? nothing : html`<span class="under">${part.info}</span>\n`}${codeLines(part.text)}</pre>\n`;
    case 'list': {
      const items = part.items.map(item => html`<li>${blocks(item)}</li>\n`);
      return part.start === null
        ? html`<ul>${items}</ul>\n`
        : html`<ol start="${part.start}">${items}</ol>\n`;
    }
    case 'quote':
      return html`<blockquote>${blocks(part.blocks)}</blockquote>\n`;
  }
}

/** Lines of code, each as text: their ends are lines, no characters to be boxed. */
function codeLines(text: string): Html {
  return joined(text.split('\n').map(indented), '\n');
}

/** A line of code; the blanks before it stand as they are. */
function indented(text: string): Html {
  return inner(text, true, false);
}

function line(spans: NoteLine): Html {
  return html`${spans.map((span, i) => styled(span, inner(span.text, i > 0, i < spans.length - 1)))}`;
}

/** Text with the plain blanks at its ends as they are, where it is known that they stand within a line. */
function inner(text: string, atStart: boolean, atEnd: boolean): Html {
  const start = atStart ? (/^ */.exec(text)?.[0].length ?? 0) : 0;
  const rest = text.slice(start);
  const end = atEnd ? (/ *$/.exec(rest)?.[0].length ?? 0) : 0;
  return html`${blanks(start)}${prose(rest.slice(0, rest.length - end))}${blanks(end)}`;
}

function blanks(count: number): Html {
  return new Html(' '.repeat(count));
}

function styled({ strong, emphasis, code }: NoteSpan, text: Html): Html {
  const inCode = code ? html`<code>${text}</code>` : text;
  const inEmphasis = emphasis ? html`<em>${inCode}</em>` : inCode;
  return strong ? html`<strong>${inEmphasis}</strong>` : inEmphasis;
}
