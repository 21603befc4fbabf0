import { Fragment } from 'react';
import { inertPieces } from '../../main/contract/inert.ts';
import { mixedScripts } from './scripts.ts';

interface InertProps {
  readonly text: string;
  /** Words for people (a name, a comment) in the type around it; otherwise data, in mono. */
  readonly prose?: boolean;
  /** Cut by the column it stands in, with the whole as a tooltip. */
  readonly cut?: boolean;
  /** One of many lines, or part of one: blanks at its ends only indent. */
  readonly line?: boolean;
}

/** Text from evidence: nothing in it acts. Characters that would are boxed codes, which cannot be switched off; a word that mixes alphabets is flagged. */
export function Inert({ text, prose = false, cut = false, line = false }: InertProps) {
  const pieces = inertPieces(text, line);
  const shown = pieces.map(piece => (piece.boxed ? `⟦${piece.text}⟧` : piece.text)).join('');
  const mixed = mixedScripts(text);
  const className = `inert selectable${prose ? '' : ' mono'}${cut ? ' cut' : ''}`;
  return (
    <bdi className={className} title={cut ? shown : undefined}>
      {pieces.map((piece, index) =>
        piece.boxed ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
          <span className="boxed" key={index}>
            {piece.text}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
      {mixed.length > 0 && (
        <span className="boxed boxed-mixed" title={`One word mixes ${mixed.join(' and ')} letters`}>
          {mixed.join('+')}
        </span>
      )}
    </bdi>
  );
}
