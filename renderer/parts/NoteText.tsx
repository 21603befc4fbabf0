import { Fragment, useMemo } from 'react';
import {
  type NoteBlock,
  type NoteBlocks,
  type NoteLine,
  type NoteSpan,
  noteBlocks,
} from '../../main/contract/note-text.ts';
import { Inert } from './Inert.tsx';

/** A note of a person, which is Markdown, as the report prints it. Links, images and HTML in it are text. */
export function NoteText({ note }: { readonly note: string }) {
  const blocks = useMemo(() => noteBlocks(note), [note]);
  return (
    <div className="note-text selectable">
      <Blocks blocks={blocks} />
    </div>
  );
}

function Blocks({ blocks }: { readonly blocks: NoteBlocks }) {
  return numbered(blocks).map(([block, i]) => <Block key={i} block={block} />);
}

function Block({ block }: { readonly block: NoteBlock }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          {numbered(block.lines).map(([line, i]) => (
            <Fragment key={i}>
              {i > 0 && <br />}
              <Line line={line} />
            </Fragment>
          ))}
        </p>
      );
    case 'code':
      return (
        <pre>
          {block.info !== '' && (
            <span className="t3">
              <Inert text={block.info} />
              {'\n'}
            </span>
          )}
          {numbered(block.text.split('\n')).map(([text, i]) => (
            <Fragment key={i}>
              {i > 0 && '\n'}
              <Text text={text} keep="both" />
            </Fragment>
          ))}
        </pre>
      );
    case 'list': {
      const items = numbered(block.items).map(([item, i]) => (
        <li key={i}>
          <Blocks blocks={item} />
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
  }
}

function Line({ line }: { readonly line: NoteLine }) {
  return numbered(line).map(([span, i]) => (
    <Span key={i} span={span} first={i === 0} last={i === line.length - 1} />
  ));
}

function Span({
  span,
  first,
  last,
}: {
  readonly span: NoteSpan;
  readonly first: boolean;
  readonly last: boolean;
}) {
  const keep = first ? (last ? 'none' : 'end') : last ? 'start' : 'both';
  const text = <Text text={span.text} prose={!span.code} keep={keep} />;
  const inner = span.code ? <code>{text}</code> : text;
  const emphasised = span.emphasis ? <em>{inner}</em> : inner;
  return span.strong ? <strong>{emphasised}</strong> : emphasised;
}

interface TextProps {
  readonly text: string;
  readonly prose?: boolean;
  /** The ends at which plain blanks stand within a line, and so are no secret. */
  readonly keep: 'none' | 'start' | 'end' | 'both';
}

function Text({ text, prose = false, keep }: TextProps) {
  const start = keep === 'start' || keep === 'both' ? (/^ */.exec(text)?.[0] ?? '') : '';
  const rest = text.slice(start.length);
  const end = keep === 'end' || keep === 'both' ? (/ *$/.exec(rest)?.[0] ?? '') : '';
  const middle = rest.slice(0, rest.length - end.length);
  return (
    <>
      {start}
      {middle !== '' && <Inert text={middle} prose={prose} />}
      {end}
    </>
  );
}

/** Parts with their places, which are the only names that they have. */
function numbered<T>(parts: readonly T[]): (readonly [T, number])[] {
  return parts.map((part, i) => [part, i] as const);
}
