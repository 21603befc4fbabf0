import { type Segment, segmentsOf } from '../../seed/index.ts';
import type { Report } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { noteText } from './note.ts';
import { table } from './table.ts';
import { counted, joined, prose } from './text.ts';

type SeedReview = Report['seedReviews'][number];
type Annotation = SeedReview['annotations'][number];

/** Bytes a line, and lines a row of the table: rows are not split between sheets. */
const LINE = 16;
const LINES = 16;

/**
 * A seed byte by byte, in order, each byte once: what it is at the left, and beside it what people said of it. What nobody
 * explained says so.
 */
export function seedBytes(seed: SeedReview): Html {
  if (seed.hex === null) {
    return html`<p>Not printed: ${counted(seed.size, 'byte')} are too many for a page. The bytes are the file <code>seeds/${seed.name}</code> of this report.</p>
${seed.annotations.length > 0 ? html`<ul>${seed.annotations.map(each => html`<li>${rangesOf(each)} ${said([each], new Set())}</li>\n`)}</ul>` : nothing}`;
  }
  const bytes = Buffer.from(seed.hex, 'hex');
  const columns = [{ head: 'Byte' }, { head: 'Content' }, { head: 'Text' }, { head: 'What people said' }];
  const explained = new Set<string>();
  const rows = segmentsOf(bytes.length, seed.annotations).flatMap(segment =>
    rowsOf(segment, bytes, explained),
  );
  return table(`Bytes of ${seed.name}`, columns, rows);
}

/** The rows of a segment. `noted` holds the annotations whose note was printed: each is printed where its bytes begin. */
function rowsOf(segment: Segment<Annotation>, bytes: Buffer, noted: Set<string>): Html[] {
  const rows: Html[] = [];
  const end = segment.offset + segment.length;
  for (let at = segment.offset; at < end; at += LINE * LINES) {
    const part = { offset: at, bytes: bytes.subarray(at, Math.min(at + LINE * LINES, end)) };
    const what =
      at === segment.offset ? said(segment.about, noted) : html`<span class="under">as above</span>`;
    rows.push(rowOf(part, what));
  }
  return rows;
}

function rowOf({ offset, bytes }: { offset: number; bytes: Buffer }, what: Html): Html {
  const lines = Array.from({ length: Math.ceil(bytes.length / LINE) }, (_, i) =>
    bytes.subarray(i * LINE, (i + 1) * LINE),
  );
  const addresses = lines.map((_, i) => html`${address(offset + i * LINE)}`);
  const digits = lines.map(line => html`${digitsOf(line)}`);
  const texts = lines.map(line => html`${textOf(line)}`);
  const stacked = (parts: readonly Html[]) => html`<code>${joined(parts, '\n')}</code>`;
  return html`<tr><td class="by">${stacked(addresses)}</td><td class="by">${stacked(digits)}</td><td class="by">${stacked(texts)}</td><td>${what}</td></tr>
`;
}

function address(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

/** Two digits a byte, with a wider gap after eight. */
function digitsOf(line: Buffer): string {
  const pairs = line.toString('hex').match(/../g) ?? [];
  return [pairs.slice(0, LINE / 2), pairs.slice(LINE / 2)]
    .filter(half => half.length > 0)
    .map(half => half.join(' '))
    .join('  ');
}

/** Printable ASCII as it is, anything else as a dot; a blank is one too, so that none stands at an end. */
function textOf(line: Uint8Array): string {
  return [...line].map(byte => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
}

function rangesOf({ ranges }: Annotation): Html {
  const text = ranges
    .map(({ offset, length }) => `${address(offset)}${length > 1 ? `–${address(offset + length - 1)}` : ''}`)
    .join(', ');
  return html`<code>${text}</code>`;
}

/** What people said of the same bytes; those who said the same in one line. */
function said(annotations: readonly Annotation[], noted: Set<string>): Html {
  if (annotations.length === 0) return signed('blocks', 'nobody explained this');
  const alike = new Map<string, Annotation[]>();
  for (const each of annotations) {
    const words = JSON.stringify([each.kind, each.label, each.note, each.resolution]);
    alike.set(words, [...(alike.get(words) ?? []), each]);
  }
  return html`${[...alike.values()].map(group => sentence(group, noted))}`;
}

function sentence(group: readonly Annotation[], noted: Set<string>): Html {
  const [first] = group;
  if (!first) return nothing;
  const people = joined(
    group.map(({ by, event }) => html`${prose(by)}, event ${event}`),
    '; ',
  );
  const fresh = group.some(({ id }) => !noted.has(id));
  for (const { id } of group) noted.add(id);
  return html`<div class="said">${signOf(first)} ${prose(first.label)} <span class="under">${people}${group.some(each => each.origin !== null) ? ', whose words come from elsewhere' : ''}</span>${fresh ? noteOf(first) : nothing}</div>`;
}

function signOf({ kind, resolution }: Annotation): Html {
  if (kind === 'explained') return signed('done', 'explained:');
  return resolution ? signed('done', `${kind}, settled:`) : signed('blocks', `${kind}:`);
}

function noteOf({ note, resolution }: Annotation): Html {
  const settled = resolution
    ? html`<div class="under">settled by ${prose(resolution.by)}, event ${resolution.event}: ${prose(resolution.reason)}</div>`
    : nothing;
  return html`${note === '' ? nothing : html`<div class="note">${noteText(note)}</div>`}${settled}`;
}
