import type {
  BlockContent,
  DefinitionContent,
  Heading,
  List,
  Nodes,
  Paragraph,
  PhrasingContent,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/**
 * Notes of people, written in Markdown (CommonMark), as blocks that a page can draw without knowing Markdown. Nothing in them acts:
 * links, images, HTML and definitions stand there as they were typed. Every text still has to be shown through `inert.ts`.
 */

/** A run of text in one style. */
export interface NoteSpan {
  readonly text: string;
  readonly strong: boolean;
  readonly emphasis: boolean;
  readonly code: boolean;
}

/** A line of a paragraph, as it was typed. */
export type NoteLine = readonly NoteSpan[];

/** A part of a note. Lists and quotations hold parts again, at most {@link NOTE_LIMITS}.depth deep. */
export type NoteBlock =
  | { readonly kind: 'paragraph'; readonly lines: readonly NoteLine[] }
  /** `info` is what stands after the opening fence, `''` when nothing does. */
  | { readonly kind: 'code'; readonly info: string; readonly text: string }
  /** `start` is the first number, null for a list without numbers. */
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly NoteBlocks[] }
  | { readonly kind: 'quote'; readonly blocks: NoteBlocks };
export type NoteBlocks = readonly NoteBlock[];

/**
 * What is read as Markdown: so many characters and lines, so many characters that mean something to Markdown, so many markers of
 * lists and quotations, and lists and quotations so deep. Reading takes time that grows with the square of some of these; within
 * them the worst note takes a tenth of a second, a usual one a millisecond. What is beyond is shown as it was typed.
 */
export const NOTE_LIMITS = { characters: 8000, lines: 500, marks: 1000, markers: 300, depth: 6 } as const;

const MARKS = /[*_`[\]<!&\\]/g;
const MARKERS = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))+/;
const RULE = /^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/;

/** A note as blocks. A note with any character that shows gives a block with one that shows; an empty one gives none. */
export function noteBlocks(note: string): NoteBlocks {
  if (note === '') return [];
  if (!isReadable(note)) return [asTyped(note)];
  const blocks = blocksOf(fromMarkdown(note).children, { note, depth: 0 });
  return blocks.some(showsText) ? blocks : [asTyped(note)];
}

/** Whether a note is within the limits, and without what the parser would take out: NUL and a byte order mark. */
function isReadable(note: string): boolean {
  if (note.length > NOTE_LIMITS.characters || note.includes('\0') || note.startsWith('\ufeff')) return false;
  if ((note.match(MARKS)?.length ?? 0) > NOTE_LIMITS.marks) return false;
  const lines = linesIn(note);
  return lines.length <= NOTE_LIMITS.lines && sumOf(lines.map(markersOf)) <= NOTE_LIMITS.markers;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function markersOf(line: string): number {
  if (RULE.test(line)) return 1;
  const before = MARKERS.exec(line)?.[0] ?? '';
  return before.match(/[>*+.)-]/g)?.length ?? 0;
}

function linesIn(text: string): string[] {
  return text.split(/\r\n?|\n/);
}

/** The paragraph that says exactly what was typed. */
function asTyped(text: string): NoteBlock {
  const lines = linesIn(text).map(line => [{ text: line, ...PLAIN }]);
  return { kind: 'paragraph', lines };
}

function showsText(block: NoteBlock): boolean {
  switch (block.kind) {
    case 'paragraph':
      return block.lines.some(line => line.some(({ text }) => text.trim() !== ''));
    case 'code':
      return `${block.info}${block.text}`.trim() !== '';
    case 'list':
      return block.items.some(item => item.some(showsText));
    case 'quote':
      return block.blocks.some(showsText);
  }
}

interface Place {
  readonly note: string;
  readonly depth: number;
}

type Block = BlockContent | DefinitionContent | Nodes;

function blocksOf(nodes: readonly Block[], place: Place): NoteBlocks {
  return nodes.map(node => blockOf(node, place));
}

function blockOf(node: Block, place: Place): NoteBlock {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return paragraphOf(node, place);
    case 'code':
      return {
        kind: 'code',
        info: [node.lang ?? '', node.meta ?? ''].filter(word => word !== '').join(' '),
        text: node.value,
      };
    case 'list':
      return place.depth < NOTE_LIMITS.depth ? listOf(node, place) : asTyped(sourceOf(node, place));
    case 'blockquote': {
      if (place.depth >= NOTE_LIMITS.depth) return asTyped(sourceOf(node, place));
      return { kind: 'quote', blocks: blocksOf(node.children, deeper(place)) };
    }
    default:
      return asTyped(sourceOf(node, place));
  }
}

function listOf(list: List, place: Place): NoteBlock {
  const items = list.children.map(item => blocksOf(item.children, deeper(place)));
  return { kind: 'list', start: list.ordered ? (list.start ?? 1) : null, items };
}

function deeper({ note, depth }: Place): Place {
  return { note, depth: depth + 1 };
}

function sourceOf({ position }: Block, { note }: Place): string {
  return note.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

type Style = Omit<NoteSpan, 'text'>;
const PLAIN: Style = { strong: false, emphasis: false, code: false };

function paragraphOf(node: Paragraph | Heading, place: Place): NoteBlock {
  const lines: NoteSpan[][] = [[]];
  const style = node.type === 'heading' ? { ...PLAIN, strong: true } : PLAIN;
  for (const child of node.children) write(lines, child, style, place);
  return { kind: 'paragraph', lines };
}

function write(lines: NoteSpan[][], node: PhrasingContent, style: Style, place: Place): void {
  switch (node.type) {
    case 'text':
      writeText(lines, node.value, style);
      break;
    case 'inlineCode':
      writeText(lines, node.value, { ...style, code: true });
      break;
    case 'break':
      lines.push([]);
      break;
    case 'strong':
    case 'emphasis':
      for (const child of node.children) write(lines, child, { ...style, [node.type]: true }, place);
      break;
    default:
      writeText(lines, sourceOf(node, place), style);
  }
}

function writeText(lines: NoteSpan[][], text: string, style: Style): void {
  for (const [i, piece] of linesIn(text).entries()) {
    if (i > 0) lines.push([]);
    if (piece !== '') lines.at(-1)?.push({ text: piece, ...style });
  }
}
